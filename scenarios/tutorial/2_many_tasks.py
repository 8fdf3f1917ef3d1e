"""Several tasks at once: by processes, which share nothing, or by threads, which do."""
import multiprocessing
import threading

done = []


def task(name):
    done.append(name)


if __name__ == '__main__':
    processes = [multiprocessing.Process(target=task, args=(name,)) for name in ('a', 'b')]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print('by processes:', sorted(done))

    threads = [threading.Thread(target=task, args=(name,)) for name in ('a', 'b')]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print('by threads:', sorted(done))
