"""Inner functions keep variables, share them, and change them with nonlocal; late binding in loops."""


def counter(start=0):
    count = start

    def add(by=1):
        nonlocal count
        count += by
        return count

    def get():
        return count

    return add, get


add, get = counter(10)
other_add, other_get = counter()
add()
add(5)
other_add()
print(get(), other_get())

late = [lambda: i for i in range(3)]
bound = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in bound])


def outer():
    def middle():
        def inner():
            nonlocal deep
            deep += ' and inner'
            return deep
        return inner
    deep = 'outer'
    return middle()()


print(outer())


def unbound():
    def read():
        return value
    try:
        print(read())
    except NameError as error:
        print('NameError:', error)
    value = 1
    return read()


print(unbound())
