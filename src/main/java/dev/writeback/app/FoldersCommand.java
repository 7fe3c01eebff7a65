package dev.writeback.app;

import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.BucketFolders;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "folders",
    description = {
      "Lists the folders of a bucket, or of one of its folders. A job writes to one by its path; a"
          + " folder that is not there yet is made by the first object.",
      "The role needs s3:ListBucket for it, which no run needs: policy JOB --browse."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback folders acme-landing",
      "  domo-s3-writeback folders acme-landing/finance --json"
    })
final class FoldersCommand implements Callable<Integer> {

  /** A bucket, or the ARN of an access point, which has a slash of its own. */
  private static final Pattern PLACE =
      Pattern.compile("(?:s3://)?(arn:[^/]+/[^/]+|[^/]+)(?:/(.*))?");

  @Parameters(
      paramLabel = "BUCKET[/PREFIX]",
      description = "Such as acme-landing or acme-landing/finance.")
  private String place;

  @Option(
      names = "--role",
      paramLabel = "NAME",
      description = "An AWS role of routes/accounts.camel.yaml. By default the only one.")
  private String role;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    new Jobs().readBeans(this::print);
    return 0;
  }

  private void print(CamelContext context) {
    AssumedRole assumed = NamedBean.sound(context, AssumedRole.class, "--role", role);
    Matcher named = PLACE.matcher(place);
    if (!named.matches()) {
      throw new ParameterException(
          command.commandLine(),
          "BUCKET[/PREFIX] - names no bucket - '" + place + "' - such as acme-landing/finance");
    }
    String folder = Objects.toString(named.group(2), "");
    List<String> folders = new BucketFolders(assumed, named.group(1)).in(folder);
    PrintWriter out = command.commandLine().getOut();
    if (folders.isEmpty() && !json) {
      out.println("No folders there.");
      return;
    }
    Listing listing = new Listing("path");
    folders.forEach(listing::add);
    listing.print(json, out);
  }
}
