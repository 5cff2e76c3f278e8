package dev.jellykeep.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// An image as one file, in the layout of the OCI image specification.
final class ImageTar {
    private ImageTar() {}

    /// @param tar is written; its folder is made
    /// @param work a folder for what is made meanwhile
    /// @return the image's digest, such as `sha256:…`
    static String write(Image image, Path tar, Path work) throws IOException {
        Files.createDirectories(tar.resolveSibling("."));
        try {
            JibContainerBuilder builder = (image.below().isEmpty()
                            ? Jib.fromScratch()
                            : Jib.from(image.below().get()))
                    .setFormat(ImageFormat.OCI)
                    .setPlatforms(Set.of(new Platform(image.architecture(), "linux")))
                    .setCreationTime(Image.MODIFIED)
                    .setUser(image.user() + ":" + image.user())
                    .setEntrypoint(image.entryPoint())
                    .setEnvironment(image.environment())
                    .setLabels(image.labels());
            image.layers().forEach(layer -> builder.addFileEntriesLayer(entries(layer)));
            return builder.containerize(Containerizer.to(TarImage.at(tar).named(image.name()))
                            .setOfflineMode(image.below().isEmpty())
                            .setBaseImageLayersCache(work.resolve("base"))
                            .setApplicationLayersCache(work.resolve("layers")))
                    .getDigest()
                    .toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildFailure("can't write " + tar + ", since it was interrupted");
        } catch (InvalidImageReferenceException
                | CacheDirectoryCreationException
                | RegistryException
                | ExecutionException e) {
            throw new IOException("can't write the image " + image.name() + " to " + tar, e);
        }
    }

    static FileEntriesLayer entries(Layer layer) {
        FileEntriesLayer.Builder builder = FileEntriesLayer.builder().setName(layer.name());
        for (Entry entry : layer.entries()) {
            builder.addEntry(
                    entry.from(),
                    AbsoluteUnixPath.get(entry.at()),
                    FilePermissions.fromOctalString(Integer.toOctalString(entry.mode())),
                    Image.MODIFIED);
        }
        return builder.build();
    }
}
