#!/usr/bin/env bash
# Installs the library into a temporary directory, and builds and runs a user's test with it by pkg-config alone.
# Arguments: the build directory, the directory of the tests, the build's sanitizers.
set -euo pipefail

build=$1
tests=$2
sanitizers=$3

if [[ $sanitizers != none ]]; then
  echo "skipped: g++ alone cannot link a library that was built with the sanitizers $sanitizers"
  exit 77
fi

place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# expect_has TEXT FILE: the file has the text somewhere.
expect_has() {
  grep -qF -- "$1" "$2" || fail "'$1' is not in the output:"$'\n'"$(<"$2")"
}

# ---- installed as by `meson setup --prefix`: DESTDIR moves the files, but not the prefix that heddle.pc names
DESTDIR=$place/root meson install -C "$build" --no-rebuild --quiet >&2
pc=$(find "$place/root" -name heddle.pc)
[[ -f $pc ]] || fail 'heddle.pc is not installed, or more than once'
prefix=$(sed -n 's/^prefix=//p' "$pc")
sed -i "s|^prefix=.*|prefix=$place/root$prefix|" "$pc"
export PKG_CONFIG_PATH=${pc%/*}
include=$(pkg-config --variable=includedir heddle)
[[ -f $include/heddle/heddle.hpp ]] || fail "heddle/heddle.hpp is not installed in $include"
[[ -x $place/root$prefix/bin/heddle ]] || fail 'the heddle command is not installed'

# ---- a user's test
cd -- "$place"
unset "${!HEDDLE_@}" # what would steer the test
cp -- "$tests"/installed/*.cpp "$tests/gtest/program.cpp" .

# build_and_run NAME EXIT_CODE [PACKAGE|-lLIBRARY...]: the output goes to NAME.out
build_and_run() {
  local code=0 packages=(heddle) libraries=() each
  for each in "${@:3}"; do
    if [[ $each == -l* ]]; then libraries+=("$each"); else packages+=("$each"); fi
  done
  # Word splitting is how the user's shell takes the flags, too.
  # shellcheck disable=SC2046
  g++ -std=c++20 "$1.cpp" $(pkg-config --cflags --libs "${packages[@]}") "${libraries[@]}" -o "$1" ||
    fail "$1.cpp does not build"
  "./$1" >"$1.out" 2>"$1.err" || code=$?
  [[ $code == "$2" ]] || fail "$1 ended with $code instead of $2: $(<"$1.out") $(<"$1.err")"
  [[ ! -s $1.err ]] || fail "$1 wrote to standard error: $(<"$1.err")"
}

build_and_run my_test 1
load_and_store=$(grep -n 'x.store(v + 1)' my_test.cpp | cut -d: -f1)
check=$(grep -n 'heddle::check' my_test.cpp | cut -d: -f1)
expect_has 'FAIL (assertion)' my_test.out
expect_has "no update is lost (my_test.cpp:$check)" my_test.out
expect_has 'lost update' my_test.out
expect_has "(my_test.cpp:$load_and_store)" my_test.out

# ---- the command in its report gives the same failure again
story() { sed -n '/^What$/,/^Again$/p' "$1"; }

# replay NAME: by the command in NAME.out
replay() {
  local command code=0
  command=$(sed -n '/^Again$/{n;s/^  //p}' "$1.out")
  [[ $command == HEDDLE_SCHEDULE=* ]] || fail "no command to replay by: '$command'"
  sh -c "$command" >replay.out 2>replay.err || code=$?
  [[ $code == 1 ]] || fail "the replay ended with $code instead of 1: $(<replay.out) $(<replay.err)"
  [[ -n $(story "$1.out") ]] || fail 'the report tells no story'
  [[ $(story replay.out) == "$(story "$1.out")" ]] || fail "the replay differs: $(diff "$1.out" replay.out)"
  expect_has "$command" replay.out
}
replay my_test

# ---- mended, it passes
sed 's/int v = x.load(); x.store(v + 1);/x.fetch_add(1);/' my_test.cpp >mended.cpp
! cmp -s my_test.cpp mended.cpp || fail 'nothing was mended'
build_and_run mended 0
expect_has 'PASS, exhaustive' mended.out

# ---- what would end the process ends an execution: the library's functions come before the system's
sed 's/heddle::check(.*/if (x.load() != 2) std::exit(0);/; 1i #include <cstdlib>' my_test.cpp >exits.cpp
! cmp -s my_test.cpp exits.cpp || fail 'no exit was put in'
build_and_run exits 1
expect_has 'FAIL (exit)' exits.out
expect_has 'exit(0) was called' exits.out

# ---- the same with GoogleTest, whose packages may come before or behind
build_and_run counter_test 1 gtest_main
expect=$(grep -n 'EXPECT_EQ' counter_test.cpp | cut -d: -f1)
expect_has "counter_test.cpp:$expect: Failure" counter_test.out
expect_has 'Counter.KeepsUpdates: FAIL (assertion)' counter_test.out
expect_has 'Expected equality of these values: x.load() (Which is: 1), 2' counter_test.out
replay counter_test
expect_has 'Counter.KeepsUpdates: FAIL (assertion) in a replay' replay.out
expect_has '--gtest_filter=Counter.KeepsUpdates' replay.out

sed 's/int v = x.load(); x.store(v + 1);/x.fetch_add(1);/' counter_test.cpp >mended_counter_test.cpp
! cmp -s counter_test.cpp mended_counter_test.cpp || fail 'nothing was mended'
build_and_run mended_counter_test 0 gtest_main
expect_has '[  PASSED  ] 1 test.' mended_counter_test.out
# shellcheck disable=SC2046
g++ -std=c++20 mended_counter_test.cpp $(pkg-config --cflags --libs gtest_main heddle) -o other_order ||
  fail 'the libraries cannot be linked in the other order'

# ---- a property, with RapidCheck
build_and_run property_test 1 -lrapidcheck
expect_has 'counter: FAIL (not-linearizable)' property_test.out
expect_has 'shrunk to 2 operations and 1 preemption' property_test.out
replay property_test
code=0
HEDDLE_CASES=0 ./property_test >refused.out 2>refused.err || code=$?
[[ $code == 2 ]] || fail "a check of no cases ended with $code instead of 2"
expect_has '0 cases show nothing: give at least 1' refused.err
sed 's/const int sum = value.load() + n; value.store(sum); return sum;/return value.fetch_add(n) + n;/' property_test.cpp \
  >mended_property_test.cpp
! cmp -s property_test.cpp mended_property_test.cpp || fail 'nothing was mended'
build_and_run mended_property_test 0 -lrapidcheck
expect_has 'counter: PASS: 100 cases' mended_property_test.out
build_and_run my_property 1 -lrapidcheck
expect_has 'my-counter: FAIL (not-linearizable)' my_property.out
build_and_run my_queue 1
expect_has 'consumer waits for a value in queue goods, which is empty' my_queue.out

# ---- headers: each compiles on its own without a warning, and needs no more than the standard library
cd -- "$include"
mapfile -t headers < <(find heddle -name '*.hpp' | sort)
((${#headers[@]} >= 20)) || fail "only ${#headers[@]} headers are installed"
warnings=(
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wundef -Werror
)
compilers=(g++)
! command -v clang++ >/dev/null || compilers+=(clang++)
for compiler in "${compilers[@]}"; do
  printf '%s\0' "${headers[@]}" |
    xargs -0 -P 2 -I '{}' "$compiler" -std=c++20 "${warnings[@]}" -fsyntax-only -I. -include '{}' -x c++ /dev/null ||
    fail "a header does not compile on its own with $compiler"
  "$compiler" -std=c++20 "${warnings[@]}" -fsyntax-only -I. "$place/program.cpp" ||
    fail "what the macros for GoogleTest make does not compile without a warning with $compiler"
done
others=$(g++ -std=c++20 -M -I. -include heddle/heddle.hpp -x c++ /dev/null | grep -oE '\S*/(boost|fmt|nlohmann|elfutils|gtest)/\S*' || true)
[[ -z $others ]] || fail "headers of other libraries are included: $others"
if grep -rnE '^ *# *include *[<"](boost|fmt|nlohmann|elfutils)/' heddle; then
  fail 'a header of another library is included'
fi
