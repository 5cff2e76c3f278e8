package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.store.BlobFacts;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service may write into a listing or a block list, and Azurite doesn't.
class BlobPageTest {
    private static final String PROPERTIES =
            "<Properties><Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified><Etag>0x1</Etag>"
                    + "<Content-Length>3</Content-Length></Properties>";

    @Test
    void a_name_that_xml_cannot_hold_is_decoded_and_its_plus_is_no_space() {
        assertThat(only("<Name Encoded=\"true\">a%20+b%EF%BF%BF%25</Name>" + PROPERTIES)
                        .name())
                .isEqualTo("a +b\uffff%");
        assertThat(only("<Name Encoded=\"false\">a%20+b</Name>" + PROPERTIES).name())
                .isEqualTo("a%20+b");
    }

    @Test
    void a_name_is_kept_to_the_last_blank() {
        assertThat(only("<Name> a &amp;&#x1F3AC;<![CDATA[<x>]]> </Name>" + PROPERTIES)
                        .name())
                .isEqualTo(" a &🎬<x> ");
    }

    @Test
    void what_later_versions_add_is_skipped_at_any_depth() {
        var page = page("<EnumerationResults ServiceEndpoint=\"http://x/\" New=\"1\"><New><Blobs><Blob/></Blobs>x</New>"
                + "<Blobs><BlobPrefix><Name>p/</Name></BlobPrefix><Blob><New><Name>no</Name><New><Name/></New></New>"
                + "<Name>x</Name><Deleted>false</Deleted><Properties><New><Etag>no</Etag></New><Etag>0x1</Etag>"
                + "<Content-Length>3</Content-Length><Content-MD5/><Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT"
                + "</Last-Modified></Properties><!-- no --><OrMetadata><a>no</a></OrMetadata>"
                + "<Tags><TagSet><Tag><Key>no</Key></Tag></TagSet></Tags></Blob></Blobs></EnumerationResults>");
        assertThat(page.entries())
                .extracting(entry -> entry.facts(""))
                .containsExactly(new BlobFacts("x", 3, "0x1", Instant.parse("2026-01-01T00:00:00Z"), Map.of()));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void metadata_is_found_in_lower_case_and_may_be_empty() {
        assertThat(only("<Name>x</Name>" + PROPERTIES
                                + "<Metadata><Epoch>4</Epoch><empty/><why>a &lt; b</why></Metadata>")
                        .metadata())
                .isEqualTo(Map.of("epoch", "4", "empty", "", "why", "a < b"));
        assertThat(only("<Name>x</Name>" + PROPERTIES + "<Metadata/>").metadata())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<NextMarker/>,''",
        "<NextMarker></NextMarker>,''",
        "'',''",
        "<NextMarker>2!96!a&amp;b</NextMarker>,2!96!a&b"
    })
    void a_listing_ends_where_the_service_says_so(String element, String next) {
        var page = page("\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs/>" + element
                + "</EnumerationResults>");
        assertThat(page.next()).isEqualTo(next);
        assertThat(page.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html/>",
                "<EnumerationResults><Blobs>",
                "<!DOCTYPE x><EnumerationResults/>",
                " <?xml version='1.0'?><!-- x --><!DOCTYPE x [<!ENTITY e 'x'>]><EnumerationResults/>",
                "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><EnumerationResults/>"
            })
    void what_is_no_listing_is_not_taken_for_a_short_one(String text) {
        assertThatThrownBy(() -> page(text)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void only_committed_blocks_count() {
        var blocks = Block.committed(
                reply("\ufeff<BlockList><UncommittedBlocks><Block><Name>AAAA</Name><Size>1</Size></Block>"
                        + "</UncommittedBlocks><CommittedBlocks><Block><Name>BBBB</Name><New><Size>9</Size></New>"
                        + "<Size>4194304000</Size></Block></CommittedBlocks></BlockList>"));
        assertThat(blocks).containsExactly(new Block("BBBB", 4_194_304_000L));
    }

    private static BlobPage.Entry only(String blob) {
        var entries = page("<EnumerationResults><Blobs><Blob>" + blob + "</Blob></Blobs></EnumerationResults>")
                .entries();
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private static BlobPage page(String text) {
        return BlobPage.of(reply(text));
    }

    private static Reply reply(String text) {
        return new Reply(HttpHeaders.of(Map.of(), (_, _) -> true), text.getBytes(UTF_8));
    }
}
