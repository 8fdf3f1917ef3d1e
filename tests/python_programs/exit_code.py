"""sys.exit ends the program with the code it is given, through finally blocks and past except Exception."""
import sys


def leave():
    try:
        sys.exit(3)
    except Exception:
        print('never printed')
    finally:
        print('finally')


try:
    leave()
except SystemExit as error:
    print('SystemExit', error.code, repr(error))
try:
    sys.exit()
except SystemExit as error:
    print(error.code)
print('leaving')
sys.exit('said on standard error')
