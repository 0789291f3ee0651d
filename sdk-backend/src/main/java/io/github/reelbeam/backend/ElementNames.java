package io.github.reelbeam.backend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Listens to one answer of S3 and notes the XML elements in it. The AWS SDK passes over elements it
 * does not know, of a newer S3 or of another store: a rule that is read and written back would lose
 * them without a word.
 *
 * <p>Made for one request.
 */
final class ElementNames implements ExecutionInterceptor {
  private final Set<String> names = new TreeSet<>();

  /** What makes a request go through here. */
  AwsRequestOverrideConfiguration listening() {
    SdkPlugin plugin =
        client ->
            client.overrideConfiguration(
                client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
    return AwsRequestOverrideConfiguration.builder().addPlugin(plugin).build();
  }

  /** Those that were there and are not among the ones given. */
  Set<String> otherThan(Set<String> known) {
    Set<String> others = new TreeSet<>(names);
    others.removeAll(known);
    return others;
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (context.responseBody().isEmpty() || !context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    try (InputStream body = context.responseBody().get()) {
      byte[] xml = body.readAllBytes();
      note(xml);
      return Optional.of(new ByteArrayInputStream(xml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(byte[] xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          names.add(reader.getLocalName());
        }
      }
    } catch (XMLStreamException notXml) {
      // the SDK reads it next, and says so
    }
  }
}
