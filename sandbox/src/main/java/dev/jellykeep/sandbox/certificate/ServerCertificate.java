package dev.jellykeep.sandbox.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A server's certificate and the authority that signed it, made when asked for and trusted by nobody else.
///
/// @param chain PEM: the server's certificate, then the authority's
/// @param key PEM of the server's private key, not encrypted, readable by its owner only
/// @param authority PEM of the authority's certificate, as curl and Python want it
/// @param trustStore PKCS #12 with the authority's certificate, as Java wants it
/// @param server for whoever serves
/// @param client for whoever asks
public record ServerCertificate(
        Path chain, Path key, Path authority, Path trustStore, SSLContext server, SSLContext client) {
    /// A folder below the one that was given, which anybody may read: it has no secret.
    public static final String TRUSTED = "trusted";

    private static final String TRUST_PASSWORD = "changeit";
    private static final int LINE = 64;

    /// Makes one that is valid for two days.
    ///
    /// @param folder where its files go; made if it isn't there
    /// @param names DNS names
    /// @param addresses IP addresses
    /// @throws UncheckedIOException if the files can't be written
    public static ServerCertificate create(Path folder, List<String> names, List<String> addresses) {
        var keys = folder.resolve("keys.p12");
        var password = HexFormat.of().formatHex(random());
        try {
            Files.createDirectories(folder.resolve(TRUSTED));
            Keytool.run(pair(keys, password, "authority", "CN=Sandbox authority", List.of("bc:critical=ca:true")));
            var alternatives = new ArrayList<String>();
            names.forEach(name -> alternatives.add("dns:" + name));
            addresses.forEach(address -> alternatives.add("ip:" + address));
            var server = pair(
                    keys, password, "server", "CN=Sandbox", List.of("san=" + String.join(",", alternatives), "eku=sa"));
            server.addAll(List.of("-signer", "authority"));
            Keytool.run(server);
            var made = load(keys, password);
            Files.delete(keys);
            return written(folder, made, password.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException("No certificate can be made in " + folder + ": look at its rights.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK can't read what its own keytool wrote into " + folder + ".", e);
        }
    }

    /// Options for a Java machine that is to trust it.
    public List<String> javaOptions() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore,
                "-Djavax.net.ssl.trustStorePassword=" + TRUST_PASSWORD,
                "-Djavax.net.ssl.trustStoreType=PKCS12");
    }

    private static List<String> pair(
            Path keys, String password, String alias, String subject, List<String> extensions) {
        var arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        arguments.addAll(List.of("-alias", alias, "-dname", subject, "-validity", "2", "-storetype", "PKCS12"));
        arguments.addAll(List.of("-keystore", keys.toString(), "-storepass", password));
        extensions.forEach(extension -> arguments.addAll(List.of("-ext", extension)));
        return arguments;
    }

    private static ServerCertificate written(Path folder, KeyStore keys, char[] password)
            throws IOException, GeneralSecurityException {
        var authority = keys.getCertificate("authority");
        var trusted = empty();
        trusted.setCertificateEntry("authority", authority);
        var trustStore = folder.resolve(TRUSTED).resolve("trust.p12");
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, TRUST_PASSWORD.toCharArray());
        }
        var chain = new StringBuilder();
        for (Certificate certificate : keys.getCertificateChain("server")) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        var privateKey = keys.getKey("server", password);
        return new ServerCertificate(
                write(folder.resolve("server.pem"), chain.toString()),
                writeKey(folder.resolve("server.key"), pem("PRIVATE KEY", privateKey.getEncoded())),
                write(folder.resolve(TRUSTED).resolve("authority.pem"), pem("CERTIFICATE", authority.getEncoded())),
                trustStore,
                server(privateKey, keys.getCertificateChain("server")),
                client(trusted));
    }

    private static SSLContext server(Key key, Certificate[] chain) throws IOException, GeneralSecurityException {
        var own = empty();
        own.setKeyEntry("server", key, new char[0], chain);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext client(KeyStore trusted) throws GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore load(Path file, String password) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private static String pem(String what, byte[] encoded) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static Path writeKey(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return write(file, text);
    }

    private static byte[] random() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
