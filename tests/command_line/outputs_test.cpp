// `--output-is` and `--outputs`: what their user reads, and that the commands in it work when pasted.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "process.hpp"

namespace heddle::test {
namespace {

std::string file_with(const temporary_directory& in, std::string_view text) {
  const std::string name = in.file("wanted");
  std::ofstream(name, std::ios::binary) << text;
  return name;
}

/** What a shell does with this line, where `heddle` is the one that is tested. */
finished shell(const std::string& line) {
  return run({.arguments = {"/bin/sh", "-c", "heddle() { " + heddle_binary() + " \"$@\"; }; " + line},
              .environment = {"HEDDLE_PROGRAM=heddle"}});
}

/** The line below "Again". */
std::string replay_command(const std::string& report) {
  constexpr std::string_view heading = "\nAgain\n  ";
  const std::size_t position = report.find(heading);
  if (position == std::string::npos) return "false";
  const std::size_t begins = position + heading.size();
  return report.substr(begins, report.find('\n', begins) - begins);
}

TEST(output_is, prints_a_command_that_prints_it) {
  const temporary_directory here;
  constexpr std::string_view wanted = "three hours\none hour\n";  // nothing makes the timers keep their order
  const std::string file = file_with(here, wanted);
  for (const char* search : {"explore", "explore --strategy dfs", "explore --jobs 1", "fuzz"}) {
    const finished ended = shell("heddle " + std::string(search) + " timer --output-is " + file);
    EXPECT_EQ(ended.exit_code, 0) << search;
    EXPECT_NE(ended.out.find("timer: PASS: found in execution "), std::string::npos) << ended.out;
    EXPECT_EQ(shell(replay_command(ended.out)).out.substr(0, wanted.size()), wanted) << ended.out;
  }
}

TEST(output_is, tells_of_the_line_that_differs) {
  const temporary_directory here;
  const finished ended = run_heddle("explore timer --output-is " + file_with(here, "one hour\ntwo hours\n"));
  EXPECT_EQ(ended.exit_code, 1) << "nobody prints that";
  EXPECT_EQ(ended.out,
            "timer: FAIL, exhaustive: none of 5 executions of a dpor search has the output\n"
            "  5 executions, 108 events, 73 choices, at most 3 threads\n"
            "  5 traces\n"
            "\n"
            "Closest\n"
            "  the first line is as wanted; line 2 is not:\n"
            "    wanted | two hours\n"
            "    got    | three hours\n");
}

TEST(output_is, proves_nothing_at_random) {
  const temporary_directory here;
  const finished ended = run_heddle("fuzz timer --executions 9 --output-is " + file_with(here, "two hours\n"));
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_TRUE(ended.out.starts_with("timer: INCONCLUSIVE: stopped by the limit of 9 executions after ")) << ended.out;
}

TEST(output_is, reads_standard_input) {
  EXPECT_EQ(shell("printf 'one hour\\n' | heddle explore timer --output-is -").exit_code, 0);
  EXPECT_EQ(shell("heddle explore timer --output-is - </dev/null").exit_code, 1) << "an hour is always told";
  EXPECT_EQ(shell("heddle explore canary --output-is - </dev/null").exit_code, 0) << "it fails, but prints nothing";
}

TEST(output_is, saves_the_schedule) {
  const temporary_directory here;
  const std::string schedule = here.file("schedule");
  const finished ended =
      run_heddle("explore timer --save-schedule " + schedule + " --output-is " + file_with(here, "one hour\n"));
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_TRUE(run_heddle("replay timer --schedule @" + schedule).out.starts_with("one hour\ntimer: PASS"));
}

TEST(output_is, json) {
  const temporary_directory here;
  const std::string file = file_with(here, "three hours\n");
  const auto found = nlohmann::json::parse(run_heddle("explore timer --json - --output-is " + file).out);
  EXPECT_EQ(found["verdict"], "fail");
  EXPECT_EQ(found["failure"], nullptr);
  EXPECT_EQ(found["output_is"]["found"], false);
  EXPECT_EQ(found["output_is"]["wanted"], "three hours\n");
  EXPECT_EQ(found["output_is"]["closest"], "three hours\none hour\n");
}

TEST(outputs, json) {
  const auto found = nlohmann::json::parse(run_heddle("explore timer --json - --outputs").out);
  ASSERT_EQ(found["outputs"].size(), 3U);
  EXPECT_EQ(found["outputs_left_out"], 0);
  EXPECT_EQ(found["outputs"][0]["text"], "one hour\n");
  EXPECT_EQ(found["outputs"][0]["executions"], 3);
  EXPECT_EQ(found["outputs"][0]["failed"], false);
  const std::string schedule = found["outputs"][2]["schedule"];
  EXPECT_TRUE(
      run_heddle("replay timer --schedule " + schedule).out.starts_with(std::string(found["outputs"][2]["text"])));
}

TEST(outputs, of_failures_are_told_apart) {
  const finished ended = run_heddle("explore lost-update --outputs");
  EXPECT_EQ(ended.exit_code, 1) << "failures are what they are without it";
  EXPECT_NE(ended.out.find("  1: 4 executions, 2 of them failed\n    (nothing)\n"), std::string::npos) << ended.out;
}

TEST(outputs, wrong_requests) {
  struct row {
    std::string_view arguments;
    std::string_view error;
  };
  static constexpr row table[] = {
      {"explore timer --output-is /nonexistent", "cannot read the output to look for from /nonexistent: No such file"},
      {"explore timer --output-is /", "cannot read the output to look for from /: Is a directory"},
      {"explore timer --outputs --output-is /dev/null", "leave out the one or the other"},
      {"explore timer --outputs --shard 1/2", "outputs do not go with a shard"},
      {"explore timer --output-is /dev/null --checkpoint x", "outputs do not go with a checkpoint"},
      {"explore timer --outputs --resume x", "outputs do not go with a search to resume"},
  };
  for (const row& each : table) {
    const finished ended = run_heddle(each.arguments);
    EXPECT_EQ(ended.exit_code, 2) << each.arguments;
    EXPECT_NE(ended.err.find(each.error), std::string::npos) << ended.err;
  }
}

}  // namespace
}  // namespace heddle::test
