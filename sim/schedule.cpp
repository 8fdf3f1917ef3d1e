// The text form of schedules, written and read.
//
//   schedule = "heddle" version ":" program { "," name "=" value } ":" { choice "." } "end"
//   version  = "1"
//   choice   = kind picked "/" count [ "x" repetition ]
//   kind     = a letter of the table below
//
// program, name and value are words: one or more ASCII letters, digits, '.', '_', '-', '+' and '/'; no name comes
// twice. picked, count and repetition are decimal and fit in 32 bits; picked < count, count >= 2, repetition >= 1.
//
// In the file form, blanks (space, tab, newline, carriage return) and comments ('#' to the end of the line) may stand
// before and behind the whole, each word, each mark (':', ',', '=', '.') and each choice, but not within these; a
// byte order mark of UTF-8 may stand before it all. The text form is a file form that makes no use of that.
#include <heddle/sim/schedule.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

namespace heddle::sim {
namespace {

constexpr std::string_view prefix = "heddle";
constexpr std::string_view version = "1";
constexpr std::string_view closing = "end";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view word_characters = "one or more letters, digits, '.', '_', '-', '+' and '/'";

struct kind_letter {
  choice_kind kind;
  char letter;
};

constexpr std::array<kind_letter, choice_kind_count> letters{{
    {choice_kind::thread, 't'},
    {choice_kind::waiter, 'w'},
    {choice_kind::value, 'v'},
    {choice_kind::fault, 'f'},
}};

static_assert([] {
  for (std::uint32_t i = 0; i < choice_kind_count; ++i) {
    if (letters[i].kind != static_cast<choice_kind>(i)) return false;
  }
  return true;
}());

char letter_of(choice_kind kind) { return letters[static_cast<std::size_t>(kind)].letter; }

/** "t thread, w waiter, ...": from the table, for comments and error texts. */
std::string letters_explained() {
  std::string result;
  for (const kind_letter& each : letters) {
    if (!result.empty()) result += ", ";
    result += each.letter;
    result += ' ';
    result += to_string(each.kind);
  }
  return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_mark(char c) { return c == ':' || c == ',' || c == '='; }
bool is_word_character(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || is_digit(c) || std::string_view("._-+/").find(c) != std::string_view::npos;
}

/** The beginning of `text`, fit to stand in a line of an error text. */
std::string shown(std::string_view text) {
  constexpr std::size_t longest = 24;
  std::string result(text.substr(0, longest));
  std::replace_if(
      result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return "'" + result + (text.size() > longest ? "...'" : "'");
}

// ---- writing

void require_word(std::string_view text, std::string_view what) {
  if (is_word(text)) return;
  throw schedule_error("the schedule has no text form: its " + std::string(what) + " is " + shown(text) +
                       "; expected " + std::string(word_characters));
}

void require_text_form(const schedule& what) {
  require_word(what.program, "program's name");
  std::set<std::string_view> names;
  for (const auto& [name, value] : what.settings) {
    require_word(name, "setting's name");
    require_word(value, "value of '" + name + "'");
    if (names.insert(name).second) continue;
    throw schedule_error("the schedule has no text form: '" + name + "' is set twice; set it once");
  }
  const auto wrong = [](const choice& c) { return c.count < 2 || c.picked >= c.count; };
  if (std::any_of(what.choices.begin(), what.choices.end(), wrong)) {
    throw schedule_error(
        "the schedule has no text form: a choice needs a count of at least 2, and less than that picked");
  }
  if (what.choices.size() > most_choices) {
    throw schedule_error("the schedule has no text form: it has more than " + std::to_string(most_choices) +
                         " choices");
  }
}

std::string text_of(const choice& c, std::size_t repetition) {
  std::string result(1, letter_of(c.kind));
  result += std::to_string(c.picked) + '/' + std::to_string(c.count);
  if (repetition > 1) result += 'x' + std::to_string(repetition);
  return result;
}

/** Both forms: `separator` follows every mark. */
std::string joined(const schedule& what, std::string_view separator) {
  require_text_form(what);
  std::string result(prefix);
  const auto mark = [&](char c) { (result += c) += separator; };
  result += version;
  mark(':');
  result += what.program;
  for (const auto& [name, value] : what.settings) {
    mark(',');
    result += name + '=' + value;
  }
  mark(':');
  for (auto run = what.choices.begin(); run != what.choices.end();) {
    const auto next = std::find_if(run, what.choices.end(), [&](const choice& c) { return c != *run; });
    result += text_of(*run, static_cast<std::size_t>(next - run));
    mark('.');
    run = next;
  }
  return result += closing;
}

// ---- reading

class reader {
 public:
  explicit reader(std::string_view text) : text_(text) {}

  schedule read() {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    skip_blanks();
    if (at_end())
      throw schedule_error("the schedule is empty; expected a text such as heddle1:program:t0/2.t1/2x3.end");
    read_version();
    result_.program = read_word("the program's name");
    read_settings();
    read_choices();
    if (!at_end()) fail(at_, "nothing may follow 'end'; remove it");
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool next_is(char c) const { return !at_end() && text_[at_] == c; }

  /** Names the place and the piece of text there. */
  [[noreturn]] void fail(std::size_t where, const std::string& problem) const {
    const std::string_view before = text_.substr(0, where);
    std::string place = "offset " + std::to_string(where);
    if (const auto lines = std::count(before.begin(), before.end(), '\n'); lines != 0) {
      place += " (line " + std::to_string(lines + 1) + ")";
    }
    if (where == text_.size()) throw schedule_error("the schedule is cut off at " + place + ": " + problem);
    const std::string_view rest = text_.substr(where);
    const auto ends = [](char c) { return is_blank(c) || is_mark(c) || c == '.' || c == '#'; };
    const auto stop = std::find_if(rest.begin() + 1, rest.end(), ends);
    const std::string piece = shown(rest.substr(0, static_cast<std::size_t>(stop - rest.begin())));
    throw schedule_error("the schedule is wrong at " + place + ", " + piece + ": " + problem);
  }

  void skip_blanks() {
    while (!at_end() && (is_blank(text_[at_]) || text_[at_] == '#')) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      } else {
        ++at_;
      }
    }
  }

  /** Steps over a mark with the blanks around it; false where another character stands. */
  bool skip_mark(char c) {
    skip_blanks();
    if (!next_is(c)) return false;
    ++at_;
    skip_blanks();
    return true;
  }

  template <class Predicate>
  std::string_view take_while(Predicate belongs) {
    const std::size_t start = at_;
    while (!at_end() && belongs(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  std::string read_word(const std::string& what) {
    const std::string_view word = take_while(is_word_character);
    if (word.empty()) fail(at_, "expected " + what + ": " + std::string(word_characters));
    return std::string(word);
  }

  std::uint32_t read_number(const std::string& what) {
    const std::size_t start = at_;
    std::uint64_t number = 0;
    for (const char digit : take_while(is_digit)) {
      number = number * 10 + static_cast<std::uint64_t>(digit - '0');
      if (number > UINT32_MAX) fail(start, what + " is too large; expected at most " + std::to_string(UINT32_MAX));
    }
    if (at_ == start) fail(start, "expected " + what + ", a number");
    return static_cast<std::uint32_t>(number);
  }

  void read_version() {
    const std::size_t start = at_;
    if (!text_.substr(at_).starts_with(prefix)) fail(start, "expected 'heddle1:', with which every schedule begins");
    at_ += prefix.size();
    const std::size_t digits = at_;
    const std::string_view number = take_while(is_digit);
    if (number.empty()) fail(start, "expected 'heddle1:', with which every schedule begins");
    if (number != version) {
      fail(digits, "this Heddle reads schedules of version " + std::string(version) +
                       "; replay it with the Heddle that wrote it, or a newer one");
    }
    if (!skip_mark(':')) fail(at_, "expected ':' behind the version");
  }

  void read_settings() {
    std::set<std::string, std::less<>> names;
    while (skip_mark(',')) {
      const std::size_t start = at_;
      std::string name = read_word("a setting's name");
      if (!skip_mark('=')) fail(at_, "expected '=' and a value behind the setting '" + shown_name(name) + "'");
      std::string value = read_word("a value for the setting '" + shown_name(name) + "'");
      if (!names.insert(name).second) fail(start, "this setting stands there twice; remove one");
      result_.settings.emplace_back(std::move(name), std::move(value));
    }
    if (!skip_mark(':')) fail(at_, "expected ',' and a setting, or ':' and the choices");
  }

  static std::string shown_name(const std::string& name) { return name.substr(0, 24); }

  void read_choices() {
    while (!text_.substr(at_).starts_with(closing)) {
      read_choice();
      if (!skip_mark('.')) fail(at_, "expected '.' behind the choice");
    }
    at_ += closing.size();
    skip_blanks();
  }

  void read_choice() {
    const std::size_t start = at_;
    if (closing.starts_with(text_.substr(at_))) fail(text_.size(), "expected a choice, or 'end'");
    const auto entry = std::find_if(letters.begin(), letters.end(),
                                    [&](const kind_letter& each) { return each.letter == text_[at_]; });
    if (entry == letters.end())
      fail(start, "expected a choice, which begins with its kind (" + letters_explained() + "), or 'end'");
    ++at_;
    choice made{.kind = entry->kind};
    made.picked = read_number("the index picked");
    if (!next_is('/')) fail(at_, "expected '/' and the count behind the index picked");
    ++at_;
    made.count = read_number("the count");
    if (made.count < 2) fail(start, "a choice has a count of at least 2");
    if (made.picked >= made.count)
      fail(start, "the index picked is below the count: at most " + std::to_string(made.count - 1));
    result_.choices.insert(result_.choices.end(), read_repetition(start), made);
  }

  std::size_t read_repetition(std::size_t start) {
    std::size_t repetition = 1;
    if (next_is('x')) {
      ++at_;
      repetition = read_number("the repetition");
      if (repetition == 0) fail(start, "the repetition is at least 1");
    }
    if (repetition > most_choices - result_.choices.size()) {
      fail(start, "a schedule has at most " + std::to_string(most_choices) + " choices");
    }
    return repetition;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  schedule result_;
};

}  // namespace

bool is_word(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_word_character);
}

std::string to_text(const schedule& what) { return joined(what, ""); }

std::string to_file_text(const schedule& what) {
  return "# A schedule of Heddle: an execution of a program as the choices that determine it.\n"
         "# A choice is the letter of its kind, the index picked, '/' and out of how many: t1/3 picks the second of "
         "three.\n"
         "# Behind 'x' stands how often it repeats. Kinds: " +
         letters_explained() + ".\n" + joined(what, "\n") + "\n";
}

schedule parse_schedule(std::string_view text) { return reader(text).read(); }

}  // namespace heddle::sim
