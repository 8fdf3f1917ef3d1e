"""An exception that nobody catches ends the program with exit code 1, after finally blocks; its traceback is on standard error."""


def inner(value):
    return 10 // value


def outer():
    try:
        inner(0)
    finally:
        print('cleaned up')


print('before')
outer()
print('never printed')
