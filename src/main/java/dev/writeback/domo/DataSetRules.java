package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a job may read a DataSet, by what Domo tells of it. Domo's public API tells a DataSet's
 * owner and no co-owners.
 */
record DataSetRules(OwnerRule owner, RowProtection pdp) {

  static final String PROTECTION_ENDS =
      "row protection (PDP) of the DataSet ends at the bucket: who may read the object sees all its"
          + " rows";

  /**
   * What an operator should know of it, one clause each.
   *
   * @param user the account's user, where Domo tells it
   * @throws RunException if it may not be read
   */
  List<String> notes(DataSet dataSet, Optional<Long> user) {
    if (dataSet.deleted()) {
      throw new RunException(
          Outcome.DOMO,
          false,
          "inputDataset - the DataSet was deleted in Domo - '" + dataSet.id() + "' - name another");
    }
    List<String> notes = new ArrayList<>();
    if (owner != OwnerRule.OFF) {
      doubtOfOwner(dataSet.owner(), user).ifPresent(doubt -> notes.add(unlessRequired(doubt)));
    }
    if (dataSet.pdpEnabled()) {
      if (pdp == RowProtection.REFUSE) {
        throw new RunException(
            Outcome.CONFIGURATION,
            false,
            "pdp - refuse, and the DataSet's rows are protected (PDP) - '"
                + dataSet.id()
                + "' - that protection ends at the bucket; with pdp: warn it is written all the"
                + " same");
      }
      notes.add(PROTECTION_ENDS);
    }
    return notes;
  }

  /**
   * The same where Domo refuses the DataSet's metadata, which it may do though it gives the rows.
   *
   * @throws RunException if a rule needs to know
   */
  List<String> notesWithout(DomoException refused) {
    if (owner == OwnerRule.REQUIRE) {
      throw unknown("owner - require, and Domo does not tell the DataSet's owner", refused);
    }
    if (pdp == RowProtection.REFUSE) {
      throw unknown(
          "pdp - refuse, and Domo does not tell whether the DataSet's rows are protected", refused);
    }
    return List.of(
        "the DataSet's owner and row protection (PDP) are not known, Domo answered "
            + refused.status()
            + " to the question");
  }

  private static RunException unknown(String rule, DomoException refused) {
    return new RunException(
        Outcome.CREDENTIALS, false, rule + " - " + refused.getMessage(), refused);
  }

  private static Optional<String> doubtOfOwner(DataSet.Owner owner, Optional<Long> user) {
    if (owner == null || owner.id() == null || user.isEmpty()) {
      return Optional.of(
          "whether the account's user owns the DataSet cannot be told, Domo does not say "
              + (user.isEmpty() ? "who the user is" : "whose it is"));
    }
    return Objects.equals(owner.id(), user.get())
        ? Optional.empty()
        : Optional.of(
            "the account's user "
                + user.get()
                + " is not the DataSet's owner, "
                + owner
                + "; whether a co-owner, Domo's API does not tell");
  }

  private String unlessRequired(String doubt) {
    if (owner == OwnerRule.REQUIRE) {
      throw new RunException(
          Outcome.CREDENTIALS,
          false,
          "owner - require, and "
              + doubt
              + " - let the owner's client read it, or set owner to warn");
    }
    return doubt;
  }
}
