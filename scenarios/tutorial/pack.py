#!/usr/bin/env python3
"""Packs the tutorial's programs, with their syntax trees, into a C++ file: pack.py OUTPUT.cpp PROGRAM.py ..."""
import ast
import pathlib
import sys


def literal(text):
    """The bytes of a text as pieces of a string literal: compilers and readers dislike long ones."""
    data = text.encode()
    pieces = []
    for begin in range(0, len(data), 100):
        # Octal escapes end after three digits, whatever follows.
        escaped = ''.join(
            chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else '\\%03o' % byte
            for byte in data[begin:begin + 100])
        pieces.append('"%s"' % escaped)
    return '\n    '.join(pieces) or '""'


def entry(path):
    source = path.read_text(encoding='utf-8')
    tree = pathlib.Path(str(path) + '.tree').read_text(encoding='utf-8')
    summary = ast.get_docstring(ast.parse(source))
    return '  {%s,\n   %s,\n   %s,\n   %s},\n' % (literal(path.name), literal(summary), literal(source), literal(tree))


def main():
    output, *programs = map(pathlib.Path, sys.argv[1:])
    entries = ''.join(entry(path) for path in programs)
    output.write_text('#include "packed.hpp"\n\nnamespace heddle::scenarios::tutorial {\n\n'
                      'const std::vector<packed_program>& packed() {\n'
                      '  using namespace std::string_view_literals;\n'
                      '  static const std::vector<packed_program> all{\n%s  };\n  return all;\n}\n\n'
                      '}  // namespace heddle::scenarios::tutorial\n' % entries, encoding='utf-8')


main()
