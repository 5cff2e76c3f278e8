package dev.jellykeep.images;

import dev.jellykeep.sandbox.process.Flags;
import dev.jellykeep.sandbox.process.Flags.BadFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes the images of a built tree as tars in the layout of the OCI image specification, each with its bill of
/// materials. Arguments: the root of the repository, the version, the folder to write to, and an empty folder to work
/// in; then `--base IMAGE`, a public image to build on in the place of this machine's C library, and `--arm64 FOLDER`,
/// the modules of this JDK for arm64, for one more image of the operator, which needs `--base`. Ends with 1, and says
/// why in a sentence, where it can't; with 2 on a bad command line.
public final class ImagesMain {
    private static final String BASE = "--base";
    private static final String ARM64 = "--arm64";

    private final Path tree;
    private final Path to;
    private final Path work;
    private final String base;

    private ImagesMain(Path tree, Path to, Path work, String base) {
        this.tree = tree;
        this.to = to;
        this.work = work;
        this.base = base;
    }

    public static void main(String[] arguments) throws IOException {
        try {
            Flags flags = Flags.parse(List.of(arguments).subList(4, arguments.length), Set.of(BASE, ARM64));
            String base = flags.text(BASE, "");
            String arm64 = flags.text(ARM64, "");
            if (base.isEmpty() && !arm64.isEmpty()) {
                throw new BadFlag(ARM64 + " needs " + BASE + ": this machine's C library is not for arm64");
            }
            new ImagesMain(
                            Path.of(arguments[0]).toAbsolutePath(),
                            Path.of(arguments[2]).toAbsolutePath(),
                            Path.of(arguments[3]).toAbsolutePath(),
                            base)
                    .make(arguments[1], arm64);
        } catch (BadFlag e) {
            System.err.println("images: " + e.getMessage());
            System.exit(2);
        } catch (BuildFailure e) {
            System.err.println("images: " + e.getMessage());
            System.exit(1);
        }
    }

    private void make(String version, String arm64) throws IOException {
        Path jdk = Path.of(System.getProperty("java.home"));
        AgentBuild build = new AgentBuild(tree, jdk, version, Files.createDirectories(work));
        System.out.println("The agent: its runtime, and its AOT cache …");
        AgentImage.Parts trained = build.parts(true);
        AgentImage.Parts agent = base.isEmpty() ? trained : trained.on(base);
        write(build.image(AgentImage.ROOT, agent), "agent", "jellykeep-agent");
        write(build.image(AgentImage.NONROOT, agent), "agent", "jellykeep-agent-nonroot");
        System.out.println("The operator: its runtime, and its AOT cache …");
        OperatorBuild operators = new OperatorBuild(tree, jdk, version, trained.base(), work);
        OperatorImage.Parts operator = operators.parts(true);
        write(operators.image(base.isEmpty() ? operator : operator.on(base)), "operator", "jellykeep-operator");
        if (!arm64.isEmpty()) {
            OperatorImage.Parts other = operators.partsFor("arm64", Path.of(arm64));
            write(operators.image(other.on(base)), "operator", "jellykeep-operator-arm64");
        }
    }

    private void write(Image image, String program, String name) throws IOException {
        Path tar = to.resolve(name + ".tar");
        String digest = ImageTar.write(image, tar, work.resolve("cache"));
        System.out.printf(
                Locale.ROOT, "%s %s, %.1f MB compressed: %s%n", image.name(), digest, Files.size(tar) / 1e6, tar);
        Path libraries = tree.resolve(program + "/target/libraries.json");
        if (!Files.exists(libraries)) {
            System.err.println("images: no bill of materials for " + image.name() + ": " + libraries
                    + " is missing, which an offline build does not make");
            return;
        }
        List<Sbom.Part> parts = new ArrayList<>(
                base.isEmpty()
                        ? DebianBase.parts()
                        : List.of(new Sbom.Part(
                                base,
                                "",
                                "pkg:oci/" + base.replaceFirst(".*/", "").replace("sha256:", "sha256%3A"))));
        parts.add(Sbom.java(System.getProperty("java.vendor"), System.getProperty("java.runtime.version")));
        Sbom.write(libraries, image, digest, parts, to.resolve(name + ".sbom.json"));
    }
}
