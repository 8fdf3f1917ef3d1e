// Where results go: standard output, standard error, and files that are opened before the search.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/** One of the two standard streams. A write never throws: it may happen in the midst of an execution. */
class standard_stream {
 public:
  /** For descriptor 1 or 2. */
  explicit standard_stream(int descriptor) : descriptor_(descriptor) {}

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /** Writes at once. After an error, writes nothing more. */
  void write(std::string_view text) noexcept;
  /** Ends the line that was begun, if one was. */
  void end_line() noexcept;
  /** Throws request_error if something could not be written, except where nobody reads it any more. */
  void check() const;

 private:
  int descriptor_;
  int error_ = 0;
  bool in_line_ = false;
};

/** A file that is opened now and written later. If nothing is written, it is left, or left out, as it was. */
class output_file {
 public:
  /** Opens it for writing; throws request_error. */
  explicit output_file(std::string name);
  ~output_file();
  output_file(const output_file&) = delete;
  output_file& operator=(const output_file&) = delete;

  /** Replaces what is in the file; throws request_error. */
  void write(std::string_view text);

 private:
  std::string name_;
  int descriptor_ = -1;
  bool made_ = false;  // by us, and nothing is in it yet
};

/** Writes to standard error: "heddle: " and `text`, with its lines as they are. */
void say_lines(std::string_view text) noexcept;

/** Writes a line to standard error: "heddle: " and `text`, with its newlines as spaces. */
void say(std::string_view text) noexcept;

}  // namespace heddle::checker
