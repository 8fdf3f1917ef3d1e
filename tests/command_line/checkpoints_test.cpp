// Explorations that are killed, and gone on with from the checkpoint that they wrote.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "process.hpp"
#include "unattended_losses.hpp"

namespace heddle::test {
namespace {

TEST(checkpoint, is_what_a_killed_search_goes_on_from) {
  // One is written each second: the search has to take longer, and not much.
#ifdef HEDDLE_TEST_LEAKS  // sanitizers make it many times slower
  const std::string program = "counts/account -p n=5";
  constexpr std::uint64_t traces = 518'400;  // as the table of trace counts has it
#else
  const std::string program = "counts/readers -p n=19";
  constexpr std::uint64_t traces = 1U << 19U;
#endif
  const std::string search = "explore " + program + " --jobs 1 --json - --checkpoint ";
  const temporary_directory directory;
  const std::string file = directory.file("checkpoint");
  finished killed;
  {
    process running(heddle_setup(search + file));
    while (!std::filesystem::exists(file)) usleep(1'000);  // renamed when it is whole
    running.send(SIGKILL);
    killed = running.finish();
  }
  EXPECT_EQ(killed.signal, SIGKILL) << "it was not at its end";
  const std::string resume = search + file + " --resume " + file;
  const finished stopped = run_heddle(resume + " --max-executions 1000");
  EXPECT_EQ(stopped.exit_code, 3) << stopped.err;
  const auto before = nlohmann::json::parse(stopped.out);
  EXPECT_GT(before["executions"], 1'000U) << "those of the killed search are counted";
  EXPECT_LT(before["executions"], traces);
  const finished ended = run_heddle(resume);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  const auto whole = nlohmann::json::parse(ended.out);
  EXPECT_EQ(whole["executions"], traces);
  EXPECT_EQ(whole["traces"], traces);
  EXPECT_EQ(whole["exhaustive"], true);
}

}  // namespace
}  // namespace heddle::test
