"""multiprocessing: memory is not shared, queues carry items over, exit codes, names, join."""
import multiprocessing
import sys

shared = []


def child(q, number):
    shared.append(number)
    q.put((number, shared))


def fail():
    sys.stderr.write('')
    sys.exit(3)


if __name__ == '__main__':
    q = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=child, args=(q, i)) for i in range(2)]
    for each in processes:
        print(each.is_alive(), each.exitcode)
        each.start()
    print(sorted(q.get() for _ in processes))
    for each in processes:
        each.join()
        print(each.is_alive(), each.exitcode)
    failing = multiprocessing.Process(target=fail, name='failing')
    failing.start()
    failing.join()
    print(failing.name, failing.exitcode, shared, multiprocessing.current_process().name)
