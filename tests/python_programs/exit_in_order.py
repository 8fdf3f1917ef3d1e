"""sys.exit(0) is an ordinary end."""
import sys

print('before')
sys.exit(0)
print('never printed')
