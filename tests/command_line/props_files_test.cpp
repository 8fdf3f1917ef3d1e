// What `heddle props` writes for programs to read: JSON, and JUnit's XML.
#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "process.hpp"

namespace heddle::test {
namespace {

using nlohmann::json;

json suites_of(const std::string& text) { return json::parse(text)["suites"]; }

/** What must not differ between two checks with the same seed. */
json without_times(json suites) {
  for (json& each : suites) {
    each.erase("elapsed_s");
    each.erase("executions_per_s");
  }
  return suites;
}

TEST(props_json, tells_of_each_suite_what_was_expected_and_found) {
  const finished ended = run_heddle("props --seed 5 --json -", {"HEDDLE_FAKES=wrong"});
  EXPECT_EQ(ended.exit_code, 1);
  const json all = json::parse(ended.out);
  EXPECT_EQ(all["seed"], 5);
  EXPECT_FALSE(all.contains("left_out")) << "nothing was";
  const json& suites = all["suites"];
  ASSERT_EQ(suites.size(), 7U);
  EXPECT_EQ(suites[0]["name"], "counter");
  EXPECT_EQ(suites[0]["expected"], (json{{"verdict", "pass"}}));
  EXPECT_EQ(suites[0]["as_expected"], true);
  EXPECT_EQ(suites[0]["cases"], 100);
  EXPECT_EQ(suites[0]["histories"], 175);
  EXPECT_EQ(suites[0]["counterexample"], nullptr);
  EXPECT_EQ(suites[0]["verdict"], "pass");
  EXPECT_EQ(suites[0]["executions"], 200);
  EXPECT_EQ(suites[0]["failure"], nullptr);
  EXPECT_FALSE(suites[0].contains("share_done")) << "which is of one search";
  EXPECT_EQ(suites[1]["expected"], (json{{"verdict", "fail"}, {"kind", "assertion"}}));
  EXPECT_EQ(suites[1]["counterexample"], (json{{"case", 2}, {"operations", 2}, {"shrinks", 1}}));
  EXPECT_EQ(suites[1]["failure"]["preemptions"], 1);
  EXPECT_EQ(suites[1]["failure"]["replay"],
            "heddle replay counter-in-pieces --schedule heddle1:counter-in-pieces,data=3:t1/2.t0/2x2.end");
  EXPECT_EQ(suites[5]["name"], "counter-confused");
  EXPECT_EQ(suites[5]["as_expected"], false) << "it fails, but in another way";
}

TEST(props_json, is_written_beside_the_text) {
  const temporary_directory directory;
  const std::string file = directory.file("props.json");
  const finished both = run_heddle("props counter --json " + file);
  EXPECT_EQ(both.out, run_heddle("props counter").out);
  EXPECT_EQ(without_times(suites_of(contents(file))),
            without_times(suites_of(run_heddle("props counter --json -").out)));
}

// ---- XML

/** Reads the file by a parser that takes nothing but well-formed XML, which pugixml's is not. */
testing::AssertionResult is_well_formed(const std::string& file) {
  setup how;
  how.arguments = {"/usr/bin/env", "python3", "-c", "import sys, xml.dom.minidom as x; x.parse(sys.argv[1])", file};
  const finished ended = run(how);
  if (ended.exit_code == 0) return testing::AssertionSuccess();
  return testing::AssertionFailure() << ended.err << contents(file);
}

/** The test cases of the only suite in the file. */
std::vector<pugi::xml_node> cases_of(const pugi::xml_document& document) {
  std::vector<pugi::xml_node> result;
  for (const pugi::xml_node each : document.child("testsuites").child("testsuite").children("testcase")) {
    result.push_back(each);
  }
  return result;
}

TEST(props_junit, has_a_test_case_for_each_suite_that_fails_if_it_is_not_as_expected) {
  const temporary_directory directory;
  const std::string file = directory.file("props.xml");
  const finished ended = run_heddle("props --junit " + file, {"HEDDLE_FAKES=wrong"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_TRUE(is_well_formed(file)) << "the last suite's message has what XML cannot hold";
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(file.c_str()));
  EXPECT_EQ(document.child("testsuites").attribute("tests").as_int(), 7);
  EXPECT_EQ(document.child("testsuites").attribute("failures").as_int(), 4);
  const std::vector<pugi::xml_node> cases = cases_of(document);
  ASSERT_EQ(cases.size(), 7U);
  struct row {
    std::string name;
    std::string message;  // empty where it does not fail
    std::string type;
  };
  const std::vector<row> expected{
      {"counter", "", ""},
      {"counter-in-pieces", "", ""},
      {"locks-crossed", "", ""},
      {"counter-hopeful", "fail (assertion), expected pass", "assertion"},
      {"counter-hopeless", "pass, expected fail (assertion)", "pass"},
      {"counter-confused", "fail (assertion), expected fail (deadlock)", "assertion"},
      {"strange", "fail (assertion), expected pass", "assertion"},
  };
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const pugi::xml_node failure = cases[i].child("failure");
    EXPECT_EQ(cases[i].attribute("name").value(), expected[i].name);
    EXPECT_EQ(failure.attribute("message").value(), expected[i].message) << expected[i].name;
    EXPECT_EQ(failure.attribute("type").value(), expected[i].type) << expected[i].name;
    EXPECT_GE(cases[i].attribute("time").as_double(-1), 0) << "in seconds";
  }
  EXPECT_EQ(cases[3].child("failure").text().get(), run_heddle("props counter-hopeful", {"HEDDLE_FAKES=wrong"}).out)
      << "the text is the report";
  const std::string strange = cases[6].child("failure").text().get();
  EXPECT_NE(strange.find("<a> & \"b\" ]]> \\x01\\x1b[31m\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd \xe6\x97\x97 ("),
            std::string::npos)
      << strange;
}

TEST(props_junit, agrees_with_the_exit_code_where_suites_are_named) {
  const temporary_directory directory;
  const std::string file = directory.file("props.xml");
  EXPECT_EQ(run_heddle("props counter-in-pieces counter --junit " + file).exit_code, 1);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(file.c_str()));
  EXPECT_EQ(document.child("testsuites").attribute("failures").as_int(), 1) << "though it is expected to fail";
  ASSERT_EQ(cases_of(document).size(), 2U);
  EXPECT_TRUE(cases_of(document)[0].child("failure"));
  EXPECT_FALSE(cases_of(document)[1].child("failure"));
}

TEST(props_junit, says_which_suites_were_left_out) {
  const temporary_directory directory;
  const std::string file = directory.file("props.xml");
  process check(heddle_setup("props --junit " + file, {"HEDDLE_FAKES=endless"}));
  ASSERT_TRUE(check.read_until("begun\n"));
  check.send(SIGINT);
  EXPECT_EQ(check.finish().exit_code, 3);
  EXPECT_TRUE(is_well_formed(file));
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(file.c_str()));
  const std::vector<pugi::xml_node> cases = cases_of(document);
  ASSERT_EQ(cases.size(), 4U);
  EXPECT_FALSE(cases[0].child("skipped"));
  EXPECT_TRUE(cases[1].child("failure")) << "stopped with nothing found is not what is expected";
  EXPECT_TRUE(cases[2].child("skipped"));
  EXPECT_TRUE(cases[3].child("skipped"));
  EXPECT_EQ(document.child("testsuites").attribute("skipped").as_int(), 2);
}

TEST(props_junit, is_not_touched_by_a_request_that_is_wrong) {
  const temporary_directory directory;
  const std::string file = directory.file("props.xml");
  EXPECT_EQ(run_heddle("props countr --junit " + file).exit_code, 2);
  EXPECT_EQ(contents(file), "");
}

}  // namespace
}  // namespace heddle::test
