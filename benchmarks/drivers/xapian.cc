// Xapian as it comes, given ready documents, doing for a question what Cablegram does; benchmarks/peers.py says what it is
// asked and how it answers.
//
// Terms as Xapian's own generator of terms makes them: words as they stand with their places, stems with a Z before them
// and no places. The values stand in slots, where they are counted, and as boolean terms, by which questions are filtered.

#include <xapian.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

const char *const FACETS[] = {"mark", "classification", "origin", "tag", "year"};
const char *const PREFIXES[] = {"XM", "XC", "XO", "XT", "XY"};
constexpr unsigned MARK = 0, TAG = 3, YEAR = 4, COUNTED = 5;
constexpr unsigned HITS = 10;
// Longer terms are refused by Xapian's tables.
constexpr size_t LONGEST_TERM = 245;
constexpr char BETWEEN_VALUES = '\x1f';

std::vector<std::string> parts(const std::string &text, char between) {
    std::vector<std::string> found;
    size_t begin = 0;
    for (size_t end; (end = text.find(between, begin)) != std::string::npos; begin = end + 1)
        found.push_back(text.substr(begin, end - begin));
    found.push_back(text.substr(begin));
    return found;
}

std::string value_term(unsigned facet, const std::string &value) {
    return std::string(PREFIXES[facet]) + ":" + value;
}

// Stems are indexed as they are given; snippets need the same rule to find them in a text of stems.
class Same : public Xapian::StemImplementation {
  public:
    std::string operator()(const std::string &word) override { return word; }
    std::string get_description() const override { return "same"; }
};

// Counts the values of a slot that has several, which Xapian's own spy does not part.
class Several : public Xapian::MatchSpy {
  public:
    void operator()(const Xapian::Document &document, double) override {
        const std::string all = document.get_value(TAG);
        if (all.empty()) return;
        for (const std::string &value : parts(all, BETWEEN_VALUES)) ++counts[value];
    }
    std::map<std::string, Xapian::doccount> counts;
};

struct Counted {
    unsigned long values = 0, paragraphs = 0;
};

struct Found {
    unsigned long matches = 0, marked = 0;
    std::vector<Xapian::docid> best;
    Counted facets[COUNTED];
};

Xapian::Document document(const std::string &line) {
    const std::vector<std::string> columns = parts(line, '\t');
    Xapian::Document made;
    Xapian::termpos position = 0;
    for (const std::string &term : parts(columns.at(1), ' ')) {
        ++position;
        if (!term.empty() && term.size() <= LONGEST_TERM) made.add_posting(term, position);
    }
    for (const std::string &stem : parts(columns.at(0), ' '))
        if (!stem.empty() && stem.size() < LONGEST_TERM) made.add_term("Z" + stem);
    for (unsigned facet = 0; facet < COUNTED; ++facet) {
        const std::string &values = columns.at(2 + facet);
        if (values.empty()) continue;
        made.add_value(facet, values);
        for (const std::string &value : parts(values, BETWEEN_VALUES))
            made.add_boolean_term(value_term(facet, value));
    }
    made.set_data(columns.at(0) + "\t" + columns.at(1));
    return made;
}

// Xapian's manual says to compact what is only read from then on: it halves the bytes, in a thirtieth of the time.
unsigned long build(const std::string &folder, const std::string &documents) {
    std::ifstream lines(documents);
    if (!lines) throw std::runtime_error(documents + " can't be read");
    const std::string growing = folder + ".growing";
    unsigned long count = 0;
    {
        Xapian::WritableDatabase base(growing, Xapian::DB_CREATE_OR_OVERWRITE |
                                                   Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
        for (std::string line; std::getline(lines, line); ++count)
            base.add_document(document(line));
        base.commit();
        base.compact(folder, Xapian::DBCOMPACT_NO_RENUMBER);
    }
    std::filesystem::remove_all(growing);
    return count;
}

Xapian::Query words(const std::string &kind, const std::vector<std::string> &terms) {
    if (kind == "phrase")
        return Xapian::Query(Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), terms.size());
    if (kind == "prefix") return Xapian::Query(Xapian::Query::OP_WILDCARD, terms.at(0));
    std::vector<std::string> stems;
    for (const std::string &term : terms) stems.push_back("Z" + term);
    return Xapian::Query(Xapian::Query::OP_AND, stems.begin(), stems.end());
}

Xapian::Query filtered(const Xapian::Query &words, const std::string &mark, const std::string &year) {
    Xapian::Query query = words;
    if (!mark.empty())
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(value_term(MARK, mark)));
    if (!year.empty())
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(value_term(YEAR, year)));
    return query;
}

// Reads all that a spy counted, as who shows the facet would.
Counted counted(const Xapian::ValueCountMatchSpy &spy) {
    Counted found;
    for (auto value = spy.values_begin(); value != spy.values_end(); ++value) {
        ++found.values;
        found.paragraphs += value.get_termfreq();
    }
    return found;
}

// The best, with snippets, the total and the facets.
Found whole(const Xapian::Database &base, const std::vector<std::string> &question) {
    const std::string &kind = question.at(0), &mark = question.at(2), &year = question.at(3);
    const Xapian::Query asked = words(kind, parts(question.at(1), ' '));
    // In the order of FACETS; the one of the tags is not used.
    Xapian::ValueCountMatchSpy spies[COUNTED] = {
        Xapian::ValueCountMatchSpy(0), Xapian::ValueCountMatchSpy(1), Xapian::ValueCountMatchSpy(2),
        Xapian::ValueCountMatchSpy(3), Xapian::ValueCountMatchSpy(4)};
    Several tags;
    Xapian::Enquire enquire(base);
    enquire.set_query(filtered(asked, mark, year));
    for (unsigned facet = 0; facet < COUNTED; ++facet) {
        // A facet leaves its own filter out: the mark's is counted apart.
        if (facet == TAG || (facet == MARK && !mark.empty())) continue;
        enquire.add_matchspy(&spies[facet]);
    }
    enquire.add_matchspy(&tags);
    // Every match is looked at, so that the total and the facets are exact.
    const Xapian::MSet best = enquire.get_mset(0, HITS, base.get_doccount());
    Found found;
    found.matches = best.get_matches_estimated();
    const Xapian::Stem same(new Same);
    for (auto hit = best.begin(); hit != best.end(); ++hit) {
        found.best.push_back(*hit);
        const std::string data = hit.get_document().get_data();
        const size_t middle = data.find('\t');
        const std::string snippet = kind == "all" ? best.snippet(data.substr(0, middle), 200, same)
                                                  : best.snippet(data.substr(middle + 1), 200);
        found.marked += snippet.find("<b>") != std::string::npos;
    }
    if (!mark.empty()) {
        Xapian::Enquire others(base);
        others.set_query(filtered(asked, "", year));
        others.set_weighting_scheme(Xapian::BoolWeight());
        others.add_matchspy(&spies[MARK]);
        others.get_mset(0, 1, base.get_doccount());
    }
    for (unsigned facet = 0; facet < COUNTED; ++facet) {
        if (facet != TAG) {
            found.facets[facet] = counted(spies[facet]);
            continue;
        }
        for (const auto &each : tags.counts) {
            ++found.facets[facet].values;
            found.facets[facet].paragraphs += each.second;
        }
    }
    return found;
}

void tell(const Found &found, double milliseconds) {
    std::printf("{\"ms\": %.4f, \"matches\": %lu, \"best\": [", milliseconds, found.matches);
    for (size_t place = 0; place < found.best.size(); ++place)
        std::printf("%s%u", place ? ", " : "", found.best[place]);
    std::printf("], \"marked\": %lu, \"facets\": {", found.marked);
    for (unsigned facet = 0; facet < COUNTED; ++facet)
        std::printf("%s\"%s\": [%lu, %lu]", facet ? ", " : "", FACETS[facet],
                    found.facets[facet].values, found.facets[facet].paragraphs);
    std::printf("}}\n");
    std::fflush(stdout);
}

void answer(const std::string &folder) {
    const Xapian::Database base(folder);
    for (std::string line; std::getline(std::cin, line);) {
        const std::vector<std::string> question = parts(line, '\t');
        const auto begun = std::chrono::steady_clock::now();
        const Found found = whole(base, question);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begun;
        tell(found, took.count());
    }
}

}  // namespace

int main(int count, char **arguments) {
    const std::vector<std::string> said(arguments + 1, arguments + count);
    try {
        if (said.at(0) == "about")
            std::printf("{\"xapian\": \"%s\"}\n", Xapian::version_string());
        else if (said.at(0) == "build")
            std::printf("{\"paragraphs\": %lu}\n", build(said.at(1), said.at(2)));
        else if (said.at(0) == "answer")
            answer(said.at(1));
        else
            throw std::invalid_argument(said.at(0));
    } catch (const Xapian::Error &error) {
        std::cerr << error.get_description() << "\n";
        return 1;
    } catch (const std::exception &error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
