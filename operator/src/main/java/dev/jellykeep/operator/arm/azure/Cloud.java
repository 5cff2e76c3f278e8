package dev.jellykeep.operator.arm.azure;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/// Azure's own clouds, as `az cloud list` shows them.
enum Cloud {
    PUBLIC("the public cloud", "https://management.azure.com", "login.microsoftonline.com", ""),
    GOVERNMENT("Azure US Government", "https://management.usgovcloudapi.net", "login.microsoftonline.us", ""),
    CHINA(
            "Azure China",
            "https://management.chinacloudapi.cn",
            "login.chinacloudapi.cn",
            "login.partner.microsoftonline.cn");

    private final String title;
    private final URI endpoint;
    private final String authority;
    private final String otherAuthority;

    Cloud(String title, String endpoint, String authority, String otherAuthority) {
        this.title = title;
        this.endpoint = URI.create(endpoint);
        this.authority = authority;
        this.otherAuthority = otherAuthority;
    }

    static Optional<Cloud> byAuthority(URI url) {
        var host = url.getHost();
        return Arrays.stream(values())
                .filter(cloud -> cloud.authority.equalsIgnoreCase(host) || cloud.otherAuthority.equalsIgnoreCase(host))
                .findFirst();
    }

    static Optional<Cloud> byEndpoint(URI url) {
        return Arrays.stream(values())
                .filter(cloud -> cloud.endpoint.getHost().equalsIgnoreCase(url.getHost()))
                .findFirst();
    }

    String title() {
        return title;
    }

    URI endpoint() {
        return endpoint;
    }

    URI authority() {
        return URI.create("https://" + authority);
    }
}
