import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene as it comes, given ready documents, doing for a question what Cablegram does; benchmarks/peers.py says what it
 * is asked and how it answers.
 *
 * <p>Two text fields with places, stored, whose words are parted by blanks; the values in the facets of Lucene's own
 * (sorted sets), by which questions are filtered too; snippets by its unified highlighter.
 */
final class Lucene {
    private static final String[] FACETS = {"mark", "classification", "origin", "tag", "year"};
    private static final int MARK = 0;
    private static final int HITS = 10;
    private static final int THREADS = 2;
    // As much as the bare tantivy has.
    private static final double BUFFER_MEGABYTES = 64;
    private static final Analyzer BLANKS = new WhitespaceAnalyzer();
    private static final FacetsConfig CONFIG = config();

    private Lucene() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        switch (arguments[0]) {
            case "about" ->
                    out.printf(
                            "{\"lucene\": \"%s\", \"java\": \"%s\"}%n",
                            Version.LATEST, System.getProperty("java.version"));
            case "build" ->
                    out.printf(
                            "{\"paragraphs\": %d}%n",
                            build(Path.of(arguments[1]), Path.of(arguments[2])));
            case "answer" -> answer(Path.of(arguments[1]), out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        out.flush();
    }

    private static FacetsConfig config() {
        FacetsConfig config = new FacetsConfig();
        config.setMultiValued("tag", true);
        return config;
    }

    /** Indexes the documents of a file, a line each, by two threads, in one commit; gives how many. */
    private static long build(Path folder, Path documents) throws Exception {
        IndexWriterConfig settings =
                new IndexWriterConfig(BLANKS)
                        .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                        .setRAMBufferSizeMB(BUFFER_MEGABYTES);
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, settings);
                Lines lines = new Lines(documents);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Callable<Void> add =
                    () -> {
                        for (Line line = lines.next(); line != null; line = lines.next()) {
                            writer.addDocument(CONFIG.build(document(line)));
                        }
                        return null;
                    };
            List<Future<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                work.add(threads.submit(add));
            }
            for (Future<Void> each : work) {
                each.get();
            }
            writer.commit();
            return lines.count;
        }
    }

    private static Document document(Line line) {
        String[] columns = line.text.split("\t", -1);
        Document document = new Document();
        document.add(new StoredField("id", line.number));
        document.add(new TextField("stems", columns[0], Field.Store.YES));
        document.add(new TextField("exact", columns[1], Field.Store.YES));
        for (int place = 0; place < FACETS.length; place++) {
            for (String value : columns[2 + place].split("\u001f")) {
                if (!value.isEmpty()) {
                    document.add(new SortedSetDocValuesFacetField(FACETS[place], value));
                }
            }
        }
        return document;
    }

    /** A line of the documents' file and its number, from 1 on. */
    private record Line(long number, String text) {}

    /** Lines for several threads. */
    private static final class Lines implements AutoCloseable {
        private final BufferedReader reader;
        private long count;

        Lines(Path path) throws IOException {
            reader = Files.newBufferedReader(path);
        }

        synchronized Line next() throws IOException {
            String text = reader.readLine();
            return text == null ? null : new Line(++count, text);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** Answers each line of standard input with a line, until there are no more. */
    private static void answer(Path folder, PrintStream out) throws IOException {
        BufferedReader asked =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            Index index = new Index(reader);
            for (String line = asked.readLine(); line != null; line = asked.readLine()) {
                String[] question = line.split("\t", -1);
                long begun = System.nanoTime();
                Found found = index.whole(question);
                double milliseconds = (System.nanoTime() - begun) / 1e6;
                out.println(found.json(milliseconds, index.numbers(found.best)));
                out.flush();
            }
        }
    }

    /** What was found: the best, how many of them have a snippet with a mark, values and paragraphs a facet. */
    private record Found(int matches, TopDocs best, int marked, int[][] facets) {
        String json(double milliseconds, List<Integer> numbers) {
            StringBuilder told = new StringBuilder();
            told.append(
                    String.format(
                            Locale.ROOT,
                            "{\"ms\": %.4f, \"matches\": %d, \"best\": %s, \"marked\": %d, \"facets\": {",
                            milliseconds,
                            matches,
                            numbers,
                            marked));
            for (int place = 0; place < FACETS.length; place++) {
                told.append(place == 0 ? "" : ", ");
                told.append(
                        String.format(
                                "\"%s\": [%d, %d]",
                                FACETS[place], facets[place][0], facets[place][1]));
            }
            return told.append("}}").toString();
        }
    }

    /** An open index. */
    private static final class Index {
        private final IndexSearcher searcher;
        private final SortedSetDocValuesReaderState state;
        private final UnifiedHighlighter highlighter;

        Index(DirectoryReader reader) throws IOException {
            searcher = new IndexSearcher(reader);
            state = new DefaultSortedSetDocValuesReaderState(reader, CONFIG);
            highlighter = UnifiedHighlighter.builder(searcher, BLANKS).build();
        }

        /** The best, with snippets, the total and the facets. */
        Found whole(String[] question) throws IOException {
            String kind = question[0];
            String[] terms = question[1].split(" ");
            String mark = question[2];
            String year = question[3];
            Query words = words(kind, terms);
            Query filtered = filtered(words, mark, year);
            FacetsCollectorManager.FacetsResult result =
                    FacetsCollectorManager.search(
                            searcher, filtered, HITS, new FacetsCollectorManager());
            TopDocs top = result.topDocs();
            int marked = marked(kind.equals("all") ? "stems" : "exact", filtered, top);
            FacetsCollector collected = result.facetsCollector();
            SortedSetDocValuesFacetCounts counts =
                    new SortedSetDocValuesFacetCounts(state, collected);
            SortedSetDocValuesFacetCounts others = counts;
            if (!mark.isEmpty()) {
                // A facet leaves its own filter out.
                others =
                        new SortedSetDocValuesFacetCounts(
                                state,
                                searcher.search(
                                        filtered(words, "", year), new FacetsCollectorManager()));
            }
            int[][] facets = new int[FACETS.length][];
            for (int place = 0; place < FACETS.length; place++) {
                facets[place] = counted(place == MARK ? others : counts, FACETS[place]);
            }
            int matches = 0;
            for (FacetsCollector.MatchingDocs each : collected.getMatchingDocs()) {
                matches += each.totalHits();
            }
            return new Found(matches, top, marked, facets);
        }

        private static Query words(String kind, String[] terms) {
            switch (kind) {
                case "phrase":
                    return new PhraseQuery("exact", terms);
                case "prefix":
                    return new PrefixQuery(new Term("exact", terms[0]));
                default:
                    BooleanQuery.Builder all = new BooleanQuery.Builder();
                    for (String term : terms) {
                        all.add(new TermQuery(new Term("stems", term)), BooleanClause.Occur.MUST);
                    }
                    return all.build();
            }
        }

        private static Query filtered(Query words, String mark, String year) {
            BooleanQuery.Builder all = new BooleanQuery.Builder();
            all.add(words, BooleanClause.Occur.MUST);
            if (!mark.isEmpty()) {
                all.add(chosen("mark", mark), BooleanClause.Occur.FILTER);
            }
            if (!year.isEmpty()) {
                all.add(chosen("year", year), BooleanClause.Occur.FILTER);
            }
            return all.build();
        }

        private static Query chosen(String facet, String value) {
            String field = CONFIG.getDimConfig(facet).indexFieldName;
            return new TermQuery(DrillDownQuery.term(field, facet, value));
        }

        /** How many of the hits have a snippet with a word marked. */
        private int marked(String field, Query query, TopDocs top) throws IOException {
            if (top.scoreDocs.length == 0) {
                return 0;
            }
            int marked = 0;
            for (String snippet : highlighter.highlight(field, query, top, 1)) {
                marked += snippet != null && snippet.contains("<b>") ? 1 : 0;
            }
            return marked;
        }

        /** The numbers that the paragraphs have in the documents' file; for whoever looks at the answer, not timed. */
        List<Integer> numbers(TopDocs top) throws IOException {
            List<Integer> numbers = new ArrayList<>();
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc hit : top.scoreDocs) {
                numbers.add(stored.document(hit.doc).getField("id").numericValue().intValue());
            }
            return numbers;
        }

        /** Of a facet how many values were found, and how many paragraphs have them, added up. */
        private static int[] counted(SortedSetDocValuesFacetCounts counts, String facet)
                throws IOException {
            FacetResult found = counts.getAllChildren(facet);
            int paragraphs = 0;
            for (int place = 0; found != null && place < found.labelValues.length; place++) {
                paragraphs += found.labelValues[place].value.intValue();
            }
            return new int[] {found == null ? 0 : found.labelValues.length, paragraphs};
        }
    }
}
