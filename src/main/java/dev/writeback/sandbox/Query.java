package dev.writeback.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One SELECT, as far as the sandbox understands SQL.
 *
 * @param items empty for {@code *}
 * @param groups the columns of GROUP BY
 * @param limit the largest number of rows, never above {@link #MAX_ROWS}
 */
record Query(
    List<Item> items,
    Filter where,
    List<String> groups,
    List<Order> order,
    long offset,
    long limit) {

  /** The query endpoint gives no more rows, whatever is asked. */
  static final int MAX_ROWS = 1_000_000;

  /** What a column of the answer is made of. */
  enum Function {
    VALUE,
    COUNT,
    MAX,
    MIN
  }

  /**
   * A column of the answer.
   *
   * @param column null for {@code COUNT(*)}
   */
  record Item(Function function, String column, String label) {}

  /** How two values compare. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    NULL,
    NOT_NULL;

    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case NULL, NOT_NULL -> throw new IllegalStateException("Nothing to compare with");
      };
    }
  }

  /** Which rows are meant. */
  sealed interface Filter {}

  /** One condition. */
  record Condition(String column, Comparison comparison, String value) implements Filter {}

  /** All of them must hold; where there is none, every row is meant. */
  record All(List<Filter> filters) implements Filter {}

  /** One of them must hold. */
  record Any(List<Filter> filters) implements Filter {}

  /** One column to sort by. */
  record Order(String column, boolean descending) {}

  boolean aggregates() {
    return !groups.isEmpty() || items.stream().anyMatch(item -> item.function() != Function.VALUE);
  }

  /**
   * @throws DomoError 400, where the SQL is wrong or more than the sandbox understands
   */
  static Query parse(String sql) throws DomoError {
    return new Parser(SqlToken.split(sql)).query();
  }

  static DomoError wrong(String what) {
    return DomoError.of(
        400,
        "The sandbox does not understand this SQL: "
            + what
            + ". It knows SELECT with columns, *, COUNT, MAX, MIN; FROM one table; WHERE with"
            + " =, <>, <, <=, >, >=, BETWEEN, IN, IS NULL, AND, OR and brackets; GROUP BY;"
            + " ORDER BY; LIMIT and OFFSET");
  }

  private static final class Parser {

    private final List<SqlToken> tokens;
    private int at;

    Parser(List<SqlToken> tokens) {
      this.tokens = tokens;
    }

    Query query() throws DomoError {
      expect("SELECT");
      List<Item> items = items();
      expect("FROM");
      name();
      Filter where = takes("WHERE") ? any() : new All(List.of());
      List<String> groups = new ArrayList<>();
      if (takes("GROUP")) {
        expect("BY");
        do {
          groups.add(name());
        } while (takes(","));
      }
      requireGroups(items, groups);
      List<Order> order = new ArrayList<>();
      if (takes("ORDER")) {
        expect("BY");
        do {
          String column = name();
          boolean descending = takes("DESC");
          if (!descending) {
            takes("ASC");
          }
          order.add(new Order(column, descending));
        } while (takes(","));
      }
      long limit = takes("LIMIT") ? Math.min(number(), MAX_ROWS) : MAX_ROWS;
      long offset = takes("OFFSET") ? number() : 0;
      takes(";");
      if (at < tokens.size()) {
        throw wrong("what is '" + tokens.get(at).text() + "' there for");
      }
      return new Query(items, where, groups, order, offset, limit);
    }

    private List<Item> items() throws DomoError {
      List<Item> items = new ArrayList<>();
      if (takes("*")) {
        return items;
      }
      do {
        items.add(item());
      } while (takes(","));
      return items;
    }

    private static void requireGroups(List<Item> items, List<String> groups) throws DomoError {
      boolean aggregates = items.stream().anyMatch(item -> item.function() != Function.VALUE);
      for (Item item : items) {
        if ((aggregates || !groups.isEmpty())
            && item.function() == Function.VALUE
            && groups.stream().noneMatch(item.column()::equalsIgnoreCase)) {
          throw wrong("columns beside COUNT, MAX or MIN would need GROUP BY");
        }
      }
      if (items.isEmpty() && !groups.isEmpty()) {
        throw wrong("* does not go with GROUP BY");
      }
    }

    private Item item() throws DomoError {
      SqlToken name = next();
      Function function = function(name);
      String column = name.text();
      String label = column;
      if (function != Function.VALUE && takes("(")) {
        column = function == Function.COUNT && takes("*") ? null : name();
        expect(")");
        label = name.text() + "(" + (column == null ? "*" : column) + ")";
      } else {
        function = Function.VALUE;
        mustBeName(name);
      }
      return new Item(function, column, takes("AS") ? name() : label);
    }

    private static Function function(SqlToken name) {
      return switch (name.quoted() ? "" : name.text().toUpperCase(Locale.ROOT)) {
        case "COUNT" -> Function.COUNT;
        case "MAX" -> Function.MAX;
        case "MIN" -> Function.MIN;
        default -> Function.VALUE;
      };
    }

    private Filter any() throws DomoError {
      List<Filter> filters = new ArrayList<>();
      do {
        filters.add(all());
      } while (takes("OR"));
      return new Any(filters);
    }

    private Filter all() throws DomoError {
      List<Filter> filters = new ArrayList<>();
      do {
        if (takes("(")) {
          filters.add(any());
          expect(")");
        } else {
          filters.add(condition());
        }
      } while (takes("AND"));
      return new All(filters);
    }

    private Filter condition() throws DomoError {
      String column = name();
      if (takes("IS")) {
        boolean not = takes("NOT");
        expect("NULL");
        return new Condition(column, not ? Comparison.NOT_NULL : Comparison.NULL, null);
      }
      if (takes("BETWEEN")) {
        Filter low = new Condition(column, Comparison.GREATER_OR_EQUAL, literal());
        expect("AND");
        return new All(List.of(low, new Condition(column, Comparison.LESS_OR_EQUAL, literal())));
      }
      if (takes("IN")) {
        List<Filter> filters = new ArrayList<>();
        expect("(");
        do {
          filters.add(new Condition(column, Comparison.EQUAL, literal()));
        } while (takes(","));
        expect(")");
        return new Any(filters);
      }
      return new Condition(column, comparison(next().text()), literal());
    }

    private static Comparison comparison(String sign) throws DomoError {
      return switch (sign) {
        case "=" -> Comparison.EQUAL;
        case "<>", "!=" -> Comparison.NOT_EQUAL;
        case "<" -> Comparison.LESS;
        case "<=" -> Comparison.LESS_OR_EQUAL;
        case ">" -> Comparison.GREATER;
        case ">=" -> Comparison.GREATER_OR_EQUAL;
        default -> throw wrong("'" + sign + "' is no comparison");
      };
    }

    private String literal() throws DomoError {
      SqlToken token = next();
      if (token.kind() != SqlToken.Kind.STRING && token.kind() != SqlToken.Kind.NUMBER) {
        throw wrong("'" + token.text() + "' is neither a number nor a string in single quotes");
      }
      return token.text();
    }

    private long number() throws DomoError {
      SqlToken token = next();
      try {
        return new BigDecimal(token.text()).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw wrong("'" + token.text() + "' is no whole number");
      }
    }

    private String name() throws DomoError {
      SqlToken token = next();
      mustBeName(token);
      return token.text();
    }

    private static void mustBeName(SqlToken token) throws DomoError {
      if (token.kind() != SqlToken.Kind.NAME) {
        throw wrong("'" + token.text() + "' is no name");
      }
    }

    private SqlToken next() throws DomoError {
      if (at == tokens.size()) {
        throw wrong("it ends too early");
      }
      return tokens.get(at++);
    }

    private boolean takes(String word) {
      if (at < tokens.size() && tokens.get(at).is(word)) {
        at++;
        return true;
      }
      return false;
    }

    private void expect(String word) throws DomoError {
      if (!takes(word)) {
        throw wrong(
            word + " is missing" + (at < tokens.size() ? " before " + tokens.get(at).text() : ""));
      }
    }
  }
}
