package dev.writeback.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What stands in a YAML file, and where: a text, a list or a map. */
final class YamlNode {

  private final String file;
  private final String name;
  private final Node node;
  private final Place place;

  private YamlNode(String file, String name, Node node, Place place) {
    this.file = file;
    this.name = name;
    this.node = node;
    this.place = place;
  }

  /**
   * @param file what the file is called in its places
   * @return empty where the text is
   * @throws YamlEngineException where the text is no YAML
   */
  static Optional<YamlNode> read(String file, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    return new Compose(settings)
        .composeString(text)
        .map(root -> new YamlNode(file, "", root, place(file, root)));
  }

  private static Place place(String file, Node node) {
    return node.getStartMark().map(mark -> place(file, mark)).orElse(Place.UNKNOWN);
  }

  static Place place(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The key of the map's entry that it is, or stands in as a list's element; else empty. */
  String name() {
    return name;
  }

  /** Of an entry of a map: where its key stands. */
  Place place() {
    return place;
  }

  boolean isText() {
    return node instanceof ScalarNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** As it is written, without quotes; null where it is no text. */
  String text() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  /** What stands in a list; nothing where it is none. */
  List<YamlNode> items() {
    return node instanceof SequenceNode list
        ? list.getValue().stream()
            .map(item -> new YamlNode(file, name, item, place(file, item)))
            .toList()
        : List.of();
  }

  /** What stands in a map, in its order; nothing where it is none. Of two equal keys the first. */
  Map<String, YamlNode> entries() {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : tuples()) {
      entries.putIfAbsent(key(tuple), entry(tuple));
    }
    return entries;
  }

  /** The entries whose key stands before in the same map. */
  Map<String, Place> repeated() {
    Map<String, Place> repeated = new LinkedHashMap<>();
    List<String> seen = new ArrayList<>();
    for (NodeTuple tuple : tuples()) {
      if (seen.contains(key(tuple))) {
        repeated.put(key(tuple), entry(tuple).place);
      }
      seen.add(key(tuple));
    }
    return repeated;
  }

  private List<NodeTuple> tuples() {
    return node instanceof MappingNode map ? map.getValue() : List.of();
  }

  private YamlNode entry(NodeTuple tuple) {
    return new YamlNode(file, key(tuple), tuple.getValueNode(), place(file, tuple.getKeyNode()));
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  Optional<YamlNode> get(String key) {
    return Optional.ofNullable(entries().get(key));
  }

  /**
   * As a YAML file of its own, a list with this as its only item; of two that say the same, without
   * regard to comments, it is the same.
   */
  String asFile() {
    DumpSettings settings = DumpSettings.builder().build();
    Node list = new SequenceNode(Tag.SEQ, List.of(node), FlowStyle.BLOCK);
    return new Present(settings)
        .emitToString(new Serialize(settings).serializeOne(list).iterator());
  }

  /** The text of an entry; null where there is none. */
  String text(String key) {
    return get(key).map(YamlNode::text).orElse(null);
  }
}
