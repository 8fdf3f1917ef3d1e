"""try with else and finally, which handler is taken, re-raising, and what finally does to return, break and continue."""


def attempt(what):
    try:
        result = what()
    except ZeroDivisionError:
        return 'division'
    except (KeyError, IndexError) as error:
        return type(error).__name__ + ' ' + str(error)
    except Exception as error:
        return 'other: %r' % error
    else:
        return 'fine: %s' % result
    finally:
        print('finally', end=' ')


print(attempt(lambda: 1 // 0))
print(attempt(lambda: {}['k']))
print(attempt(lambda: [][3]))
print(attempt(lambda: int('x')))
print(attempt(lambda: 'ok'))


def override():
    try:
        return 'from try'
    finally:
        return 'from finally'


def in_loop():
    seen = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            seen.append(i)
        finally:
            seen.append('f%d' % i)
    return seen


print(override(), in_loop())
try:
    try:
        raise ValueError('inner')
    except ValueError:
        print('first handler')
        raise
    finally:
        print('on the way out')
except ValueError as error:
    print('second handler', error.args)
try:
    error
except NameError:
    print('the name is gone after its handler')
