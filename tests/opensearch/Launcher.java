import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of a stock OpenSearch, in a process of its own, with the official modules that Cablegram asks of it.
 *
 * <p>The first argument is the node's home, which has its settings in config/opensearch.yml; others name classes of
 * further plugins, which are on the class path. The node ends with its process: in order after SIGTERM, as by a loss of
 * power after SIGKILL.
 */
final class Launcher {
    private static final List<Class<? extends Plugin>> MODULES =
            List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class);

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Settings settings = Settings.builder().put("path.home", home).build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(
                        settings, Map.of(), home.resolve("config"), () -> "node");
        LogConfigurator.configure(environment);
        List<Class<? extends Plugin>> plugins = new ArrayList<>(MODULES);
        for (int place = 1; place < arguments.length; place++) {
            plugins.add(Class.forName(arguments[place]).asSubclass(Plugin.class));
        }
        Node node = new OpenSearchRunnerNode(environment, plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        new CountDownLatch(1).await();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (IOException error) {
            System.err.println("The node did not close: " + error);
        }
    }
}
