"""A producer, and a consumer that never counts what it has got: it waits for a sixth item for ever."""
import threading
import time
from queue import Queue

queue = Queue()


def produce(name):
    for i in range(5):
        queue.put('第%d批货' % (i + 1))
        print('{0}:{1}第{2}批货分拣完成'.format(time.strftime('%F %T'), name, i + 1))
    print('今天的货物分拣完成')


def consume(name):
    count = 0
    while count < 5:
        item = queue.get()
        print('{0}:{1}拿了{2}'.format(time.strftime('%F %T'), name, item))
    print('今天的货物送达完成')


robot = threading.Thread(target=produce, args=('分拣机器人',), name='robot')
courier = threading.Thread(target=consume, args=('快递小哥',), name='courier')
robot.start()
courier.start()
robot.join()
courier.join()
