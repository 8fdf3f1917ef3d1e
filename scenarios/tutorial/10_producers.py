"""Two producers of five goods each put them into one queue, and report each of them."""
import threading
import time
from queue import Queue

queue = Queue()


def produce(name):
    for i in range(5):
        queue.put('第%d批货' % (i + 1))
        print('{0}:{1}第{2}批货分拣完成'.format(time.strftime('%F %T'), name, i + 1))
    print('今天的货物分拣完成')


robot = threading.Thread(target=produce, args=('分拣机器人',))
courier = threading.Thread(target=produce, args=('快递小哥',))
robot.start()
courier.start()
robot.join()
courier.join()
