"""Data structures of objects: a linked list, a tree, a stack, a graph searched in breadth and depth."""


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class Tree:
    def __init__(self):
        self.root = None

    def add(self, value):
        def insert(node):
            if node is None:
                return {'value': value, 'left': None, 'right': None}
            side = 'left' if value < node['value'] else 'right'
            node[side] = insert(node[side])
            return node
        self.root = insert(self.root)
        return self

    def walk(self):
        result = []

        def visit(node):
            if node:
                visit(node['left'])
                result.append(node['value'])
                visit(node['right'])
        visit(self.root)
        return result


head = None
for i in range(5):
    head = Node(i, head)
values = []
while head:
    values.append(head.value)
    head = head.next
print(values, Tree().add(5).add(2).add(8).add(1).add(9).walk())

graph = {'a': ['b', 'c'], 'b': ['d'], 'c': ['d'], 'd': ['a']}


def breadth_first(start):
    seen, queue = [start], [start]
    while queue:
        for each in graph[queue.pop(0)]:
            if each not in seen:
                seen.append(each)
                queue.append(each)
    return seen


def depth_first(at, seen):
    if at not in seen:
        seen.append(at)
        for each in graph[at]:
            depth_first(each, seen)
    return seen


print(breadth_first('a'), depth_first('a', []))
stack = []
for token in '3 4 + 2 * 7 -'.split():
    if token.isdigit():
        stack.append(int(token))
    else:
        right, left = stack.pop(), stack.pop()
        stack.append({'+': left + right, '-': left - right, '*': left * right}[token])
print(stack)
