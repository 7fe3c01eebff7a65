package dev.writeback.sandbox;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whose the DataSets are, and what of them the token's user may see. Thread-safe. */
final class DomoAccess {

  /** A Domo user. */
  record User(long id, String name) {}

  private static final User OWNER = new User(SandboxDomo.OWNER_ID, SandboxDomo.OWNER_NAME);

  private final Map<String, User> owners = new ConcurrentHashMap<>();
  private final Map<String, Long> hiddenRows = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();

  User owner(String dataSet) {
    return owners.getOrDefault(dataSet, OWNER);
  }

  void setOwner(String dataSet, User owner) {
    owners.put(dataSet, owner);
  }

  boolean isProtected(String dataSet) {
    return hiddenRows.containsKey(dataSet);
  }

  void protect(String dataSet, long hidden) {
    hiddenRows.put(dataSet, hidden);
  }

  boolean isDeleted(String dataSet) {
    return deleted.contains(dataSet);
  }

  void delete(String dataSet) {
    deleted.add(dataSet);
  }

  /**
   * What the token's user may read of a DataSet.
   *
   * @throws DomoError if it was deleted
   */
  DataSet visible(DataSet dataSet) throws DomoError {
    if (isDeleted(dataSet.id())) {
      throw DomoError.of(404, "DataSet " + dataSet.id() + " was deleted");
    }
    return isProtected(dataSet.id())
        ? new VisibleRows(dataSet, Math.max(0, dataSet.rows() - hiddenRows.get(dataSet.id())))
        : dataSet;
  }
}
