package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Writes the images of a built tree as tars in the layout of the OCI image specification. Arguments: the root of the
/// repository, the version, the folder to write to, and an empty folder to work in. Ends with 1, and says why in a
/// sentence, where it can't.
public final class ImagesMain {
    private ImagesMain() {}

    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]).toAbsolutePath();
        String version = arguments[1];
        Path to = Path.of(arguments[2]).toAbsolutePath();
        Path work = Path.of(arguments[3]).toAbsolutePath();
        try {
            Path jdk = Path.of(System.getProperty("java.home"));
            AgentBuild build = new AgentBuild(tree, jdk, version, Files.createDirectories(work));
            System.out.println("The agent: its runtime, and its AOT cache …");
            AgentImage.Parts agent = build.parts(true);
            write(build.image(AgentImage.ROOT, agent), to.resolve("jellykeep-agent.tar"), work);
            write(build.image(AgentImage.NONROOT, agent), to.resolve("jellykeep-agent-nonroot.tar"), work);
            System.out.println("The operator: its runtime, and its AOT cache …");
            OperatorBuild operator = new OperatorBuild(tree, jdk, version, agent.base(), work);
            write(operator.image(operator.parts(true)), to.resolve("jellykeep-operator.tar"), work);
        } catch (BuildFailure e) {
            System.err.println("images: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void write(Image image, Path tar, Path work) throws IOException {
        String digest = ImageTar.write(image, tar, work.resolve("cache"));
        System.out.printf(
                Locale.ROOT, "%s %s, %.1f MB compressed: %s%n", image.name(), digest, Files.size(tar) / 1e6, tar);
    }
}
