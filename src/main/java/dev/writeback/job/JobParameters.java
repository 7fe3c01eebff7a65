package dev.writeback.job;

import dev.writeback.run.Compression;
import dev.writeback.run.EncryptionMethod;
import dev.writeback.run.Format;
import dev.writeback.run.InputDataset;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.SelectFilename;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConverter;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * What a writeback of a job says, as its check has read it: placeholders resolved, and the defaults
 * of the Kamelet where it says nothing.
 *
 * @param kamelet the name of the Kamelet that it uses
 * @param values by the names of the Kamelet's parameters
 */
public record JobParameters(String kamelet, Map<String, String> values) {

  /**
   * Of all writebacks of a job, in the order of its steps.
   *
   * @param context one that has found nothing wrong with its jobs
   */
  public static List<JobParameters> of(CamelContext context, String job) {
    RouteDefinition route =
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
    return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
        .stream()
        .map(ToDefinition::getEndpointUri)
        .filter(KameletUse::is)
        .map(uri -> KameletUse.of(context, uri))
        .flatMap(use -> whole(context, use).stream())
        .toList();
  }

  private static Optional<JobParameters> whole(CamelContext context, KameletUse use) {
    String locations = context.getComponent("kamelet", KameletComponent.class).getLocation();
    return KameletSchema.find(context, use.kamelet(), locations)
        .map(schema -> of(schema, use.parameters()));
  }

  /** What is stated, and the schema's defaults of what is not. */
  static JobParameters of(KameletSchema schema, Map<String, String> stated) {
    Map<String, String> values = new LinkedHashMap<>();
    schema
        .options()
        .forEach(
            (name, option) -> {
              String value = stated.getOrDefault(name, option.otherwise());
              if (value != null) {
                values.put(name, value);
              }
            });
    return new JobParameters(schema.kamelet(), values);
  }

  /** The value of a parameter; null where the job says nothing and there is no default. */
  public String get(String name) {
    return values.get(name);
  }

  /** How the writeback's objects are named. */
  public ObjectNaming naming(TypeConverter converter) {
    return new ObjectNaming(
        get("path"),
        converter.convertTo(SelectFilename.class, get("selectFilename")),
        get("fileName"),
        get("fileExtension"),
        converter.convertTo(Format.class, values.getOrDefault("format", Format.CSV.name())),
        converter.convertTo(Compression.class, get("compression")),
        Boolean.parseBoolean(get("compressionSuffix")),
        Boolean.parseBoolean(values.get("contentEncoding")),
        converter.convertTo(EncryptionMethod.class, get("encryptionMethod")));
  }

  /**
   * The key of the writeback's objects, with {@link ObjectNaming#ANY} in place of what differs from
   * run to run.
   */
  public String keyOfAnyRun(TypeConverter converter) {
    return naming(converter).keyOfAnyRun(InputDataset.of(get("inputDataset")).id());
  }
}
