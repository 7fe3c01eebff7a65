package dev.writeback.app;

import dev.writeback.domo.DataSetList;
import dev.writeback.domo.DomoAccount;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.BucketFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;

/** The menus of the connector: what there is to choose from. */
final class JobMenu {

  /**
   * @param value what the job says of it
   * @param label what a person sees
   */
  record Choice(String value, String label) {}

  private final Jobs jobs;

  JobMenu(Path folder) {
    this.jobs = new Jobs(folder);
  }

  /** Whether there is anything to search for. */
  static boolean isFor(JobQuestion question) {
    return question == JobQuestion.INPUT_DATASET || question == JobQuestion.PATH;
  }

  /**
   * Asks Domo for DataSets, or S3 for folders.
   *
   * @param words of the DataSet's name, or the folder to look into
   * @throws dev.writeback.run.RunException if that cannot be done, with the reason
   */
  List<Choice> search(JobQuestion question, String words, JobAnswers answers) {
    List<Choice> found = new ArrayList<>();
    jobs.readBeans(
        context ->
            found.addAll(
                question == JobQuestion.PATH
                    ? folders(context, answers.get(JobQuestion.ROLE), words)
                    : dataSets(context, answers.get(JobQuestion.ACCOUNT), words)));
    return found;
  }

  private static List<Choice> dataSets(CamelContext context, String account, String words) {
    DomoAccount searched = NamedBean.sound(context, DomoAccount.class, "account", account);
    return new DataSetList(context, searched)
        .named(words).stream()
            .map(
                one ->
                    new Choice(
                        one.id(),
                        one.name()
                            + ", "
                            + one.id()
                            + (one.rows() == null ? "" : ", rows " + one.rows())))
            .toList();
  }

  private static List<Choice> folders(CamelContext context, String role, String folder) {
    AssumedRole assumed = NamedBean.sound(context, AssumedRole.class, "role", role);
    return new BucketFolders(assumed, assumed.getBucket())
        .in(folder).stream().map(path -> new Choice(path, path)).toList();
  }
}
