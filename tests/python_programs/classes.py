"""Attributes of classes and of instances, methods, static and class methods, properties."""


class Account:
    opened = 0
    rate = 2

    def __init__(self, owner, balance=0):
        self.owner = owner
        self._balance = balance
        Account.opened += 1

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError('no debts')
        self._balance = value

    @classmethod
    def empty(cls, owner):
        return cls(owner)

    @staticmethod
    def valid(amount):
        return amount > 0

    def interest(self):
        return self.balance * self.rate // 100


account = Account('ann', 200)
other = Account.empty('bob')
account.balance += 50
account.rate = 10
print(account.balance, account.interest(), other.interest(), Account.opened, Account.valid(-1))
try:
    account.balance = -1
except ValueError as error:
    print(error)
try:
    other.missing
except AttributeError as error:
    print(error)
method = account.interest
print(method(), Account.interest(account), Account.__name__, type(other) is Account)
print(hasattr(other, 'owner'), getattr(other, 'age', 'unknown'))
setattr(other, 'age', 7)
del other.owner
print(other.age, hasattr(other, 'owner'), sorted(vars(other)))
