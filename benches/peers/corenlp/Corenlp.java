import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.CoreQuote;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.util.Pair;
import javax.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Quotations and their speakers as CoreNLP finds them, in sayso's JSON Lines: java Corenlp ARTICLES STATEMENTS ROUNDS. */
public class Corenlp {
  record Article(String id, String text) {}

  public static void main(String[] arguments) throws Exception {
    List<Article> articles = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      try (var reader = Json.createReader(new java.io.StringReader(line))) {
        var article = reader.readObject();
        articles.add(new Article(article.getString("id"), article.getString("text")));
      }
    }
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,pos,lemma,ner,depparse,coref,quote");
    properties.setProperty("threads", "1");
    StanfordCoreNLP pipeline = new StanfordCoreNLP(properties);
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    StringBuilder statements = new StringBuilder();
    StringBuilder passes = new StringBuilder();
    long tokens = 0;
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      statements.setLength(0);
      tokens = 0;
      long begin = System.nanoTime(), worked = system.getProcessCpuTime();
      for (Article article : articles) {
        CoreDocument document = new CoreDocument(article.text);
        pipeline.annotate(document);
        write(statements, article, document);
        tokens += document.tokens().size();
      }
      passes.append(round == 0 ? "" : ",").append(
          String.format("[%.6f,%.6f]", (System.nanoTime() - begin) / 1e9, (system.getProcessCpuTime() - worked) / 1e9));
    }
    Files.writeString(Path.of(arguments[1]), statements);
    System.out.printf("{\"tokens\":%d,\"passes\":[%s]}%n", tokens, passes);
  }

  /** Quotations that follow one another and were given the same mention, or the same speaker and no mention, are one statement. */
  private static void write(StringBuilder out, Article article, CoreDocument document) {
    List<CoreQuote> quotes = document.quotes() == null ? List.of() : document.quotes();
    for (int i = 0; i < quotes.size(); ) {
      CoreQuote first = quotes.get(i);
      List<String> spans = new ArrayList<>();
      do {
        spans.add(span(article.text, quotes.get(i).quoteCharOffsets()));
        i++;
      } while (i < quotes.size() && goesOn(first, quotes.get(i)));
      var row = Json.createObjectBuilder().add("document", article.id);
      String source = first.speakerCharOffsets().map(at -> "{\"spans\":[" + span(article.text, at) + "]}").orElse("null");
      var speakers = Json.createArrayBuilder();
      name(first).ifPresent(it -> speakers.add(Json.createObjectBuilder().add("name", it)));
      String head = row.add("speakers", speakers).build().toString();
      out.append(head, 0, head.length() - 1)
          .append(",\"content\":{\"spans\":[").append(String.join(",", spans)).append("]},\"cue\":null,\"source\":").append(source).append("}\n");
    }
  }

  private static boolean goesOn(CoreQuote first, CoreQuote next) {
    return first.speakerCharOffsets().isPresent()
        && (next.speakerCharOffsets().isEmpty()
            ? first.speaker().isPresent() && name(first).equals(name(next))
            : first.speakerCharOffsets().equals(next.speakerCharOffsets()));
  }

  private static Optional<String> name(CoreQuote quote) {
    return quote.canonicalSpeaker().or(quote::speaker).filter(it -> !it.equals("Unknown"));
  }

  /** UTF-16 offsets as code points. */
  private static String span(String text, Pair<Integer, Integer> at) {
    return "[" + text.codePointCount(0, at.first) + "," + text.codePointCount(0, at.second) + "]";
  }
}
