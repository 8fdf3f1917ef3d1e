"""global binds a module's variable, assignment alone a local one; what is not bound yet raises."""
count = 0
names = []


def local_only():
    count = 5
    names.append(count)


def by_global():
    global count, made_here
    count += 1
    made_here = 'by a function'


local_only()
by_global()
by_global()
print(count, names, made_here)


def too_early():
    print(count)
    count = 1


try:
    too_early()
except UnboundLocalError as error:
    print(type(error).__name__, error)
try:
    print(never_bound)
except NameError as error:
    print(type(error).__name__, error)
del made_here
try:
    made_here
except NameError as error:
    print(error)
