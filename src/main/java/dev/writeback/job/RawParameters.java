package dev.writeback.job;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.UriFactoryResolver;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/**
 * Has the parameters of our Kamelet taken as they stand in a YAML file. Camel joins what stands
 * below {@code parameters:} to a URI, where an ampersand in a value would begin another parameter;
 * what it takes for secret it marks as raw.
 */
final class RawParameters implements UriFactoryResolver {

  private final UriFactoryResolver others;

  /**
   * @param others is asked for all other components
   */
  RawParameters(UriFactoryResolver others) {
    this.others = others;
  }

  @Override
  public EndpointUriFactory resolveFactory(String name, CamelContext context) {
    EndpointUriFactory factory = others.resolveFactory(name, context);
    if (!Kamelet.SCHEME.equals(name) || factory == null) {
      return factory;
    }
    String locations = context.getComponent(Kamelet.SCHEME, KameletComponent.class).getLocation();
    Set<String> raw =
        KameletSchema.find(context, KameletSchema.OURS, locations)
            .map(schema -> schema.options().keySet())
            .orElse(Set.of());
    return new Raw(factory, raw);
  }

  private static final class Raw extends EndpointUriFactorySupport implements EndpointUriFactory {

    private final EndpointUriFactory camels;
    private final Set<String> raw;

    Raw(EndpointUriFactory camels, Set<String> raw) {
      this.camels = camels;
      this.raw = raw;
    }

    @Override
    public boolean isEnabled(String scheme) {
      return camels.isEnabled(scheme);
    }

    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode)
        throws java.net.URISyntaxException {
      return camels.buildUri(scheme, properties, encode);
    }

    @Override
    public Set<String> propertyNames() {
      return camels.propertyNames();
    }

    @Override
    public Set<String> secretPropertyNames() {
      return raw;
    }

    @Override
    public Map<String, String> multiValuePrefixes() {
      return camels.multiValuePrefixes();
    }

    @Override
    public boolean isLenientProperties() {
      return camels.isLenientProperties();
    }
  }
}
