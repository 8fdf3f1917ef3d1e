#include "parser_script.hpp"

namespace heddle::checker::python {

// The tree has to be the same whichever version of Python writes it: so fields that only some versions have, and that
// nobody reads, are left out; a slice is what it is since 3.9; and all parts of an f-string are on the line where the
// f-string begins, because versions differ in what they say of those.
//
// Constants and numbers in fields are texts, because JSON's numbers are not Python's.
const char* const parser_script = R"PYTHON(
import ast, json, resource, sys, warnings

MOST_LEVELS = 400
MOST_MEMORY = 1 << 30
LEFT_OUT = {'ctx', 'kind', 'type_comment', 'type_ignores', 'annotation', 'returns', 'simple', 'str'}
HAVE_LINES = (ast.stmt, ast.expr, ast.arg, ast.excepthandler)


class Refused(Exception):
    def __init__(self, message, line, column=0):
        self.answer = {'error': message, 'line': line, 'column': column}


def constant(value):
    if value is None:
        return 'none', ''
    if value is ...:
        return 'ellipsis', ''
    if isinstance(value, bool):
        return 'bool', str(value)
    if isinstance(value, (int, float)):
        return type(value).__name__, repr(value)
    if isinstance(value, str):
        return ('surrogates', '') if any('\ud800' <= each <= '\udfff' for each in value) else ('str', value)
    return type(value).__name__, ''


def parts_of_string(values):
    parts = []
    for each in values:
        if isinstance(each, ast.Constant):
            if parts and isinstance(parts[-1], ast.Constant):
                parts[-1].value += each.value
                continue
            if not each.value:
                continue
        parts.append(each)
    return parts


def tree(what, level, line, in_string):
    if level > MOST_LEVELS:
        raise Refused('nested too deeply: split it into several statements', line)
    if isinstance(what, list):
        return [tree(each, level, line, in_string) for each in what]
    if not isinstance(what, ast.AST):
        return what if what is None else str(what)
    if type(what).__name__ == 'Index':
        return tree(what.value, level, line, in_string)
    if type(what).__name__ == 'ExtSlice':
        return {'_': 'Tuple', 'l': line, 'elts': tree(what.dims, level + 1, line, in_string)}
    if not in_string:
        line = getattr(what, 'lineno', line)
    made = {'_': type(what).__name__}
    if isinstance(what, HAVE_LINES) and not isinstance(what, ast.Slice):
        made['l'] = line
    if isinstance(what, ast.Constant):
        made['type'], made['value'] = constant(what.value)
        return made
    if isinstance(what, (ast.Global, ast.Nonlocal)):
        made['names'] = [{'_': 'Name', 'l': line, 'id': each} for each in what.names]
        return made
    if isinstance(what, ast.JoinedStr):
        made['values'] = tree(parts_of_string(what.values), level + 1, line, True)
        return made
    for name, value in ast.iter_fields(what):
        if name not in LEFT_OUT and value is not None and value != []:
            made[name] = tree(value, level + 1, line, in_string)
    return made


def answer(source):
    if sys.version_info < (3, 8):
        return {'error': 'python3 is too old: 3.8 or later is needed', 'line': 0, 'column': 0}
    try:
        text = source.decode('utf-8-sig')
    except UnicodeDecodeError as error:
        line = source[:error.start].count(b'\n') + 1
        return {'error': 'not UTF-8: store the file as UTF-8', 'line': line, 'column': 0}
    try:
        parsed = ast.parse(text)
        made = tree(parsed, 0, 1, False)
        compile(text, '<source>', 'exec', dont_inherit=True)  # finds what the grammar allows, such as 'return' outside
        return made
    except SyntaxError as error:
        return {'error': error.msg, 'line': error.lineno or 1, 'column': error.offset or 0}
    except Refused as refused:
        return refused.answer
    except (RecursionError, MemoryError):
        return {'error': 'nested too deeply: split it into several statements', 'line': 1, 'column': 0}
    except ValueError as error:
        return {'error': str(error), 'line': 1, 'column': 0}


resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))  # compile() makes two of each finally
warnings.simplefilter('ignore')
sys.setrecursionlimit(max(sys.getrecursionlimit(), 3000))
if hasattr(sys, 'set_int_max_str_digits'):
    sys.set_int_max_str_digits(0)
sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read()), separators=(',', ':')))
)PYTHON";

}  // namespace heddle::checker::python
