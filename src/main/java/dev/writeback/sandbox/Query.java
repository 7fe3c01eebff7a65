package dev.writeback.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One SELECT, as far as the sandbox understands SQL.
 *
 * @param items empty for {@code *}
 * @param limit the largest number of rows, never above {@link #MAX_ROWS}
 */
record Query(List<Item> items, List<Condition> where, List<Order> order, long offset, long limit) {

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

  /** One condition; all of them must hold. */
  record Condition(String column, Comparison comparison, String value) {}

  /** One column to sort by. */
  record Order(String column, boolean descending) {}

  boolean aggregates() {
    return !items.isEmpty() && items.get(0).function() != Function.VALUE;
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
            + " =, <>, <, <=, >, >=, BETWEEN, IS NULL and AND; ORDER BY; LIMIT and OFFSET");
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
      List<Condition> where = new ArrayList<>();
      if (takes("WHERE")) {
        do {
          condition(where);
        } while (takes("AND"));
      }
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
      return new Query(items, where, order, offset, limit);
    }

    private List<Item> items() throws DomoError {
      List<Item> items = new ArrayList<>();
      if (takes("*")) {
        return items;
      }
      do {
        items.add(item());
      } while (takes(","));
      boolean first = items.get(0).function() == Function.VALUE;
      if (items.stream().anyMatch(item -> (item.function() == Function.VALUE) != first)) {
        throw wrong("columns beside COUNT, MAX or MIN would need GROUP BY");
      }
      return items;
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

    private void condition(List<Condition> where) throws DomoError {
      String column = name();
      if (takes("IS")) {
        boolean not = takes("NOT");
        expect("NULL");
        where.add(new Condition(column, not ? Comparison.NOT_NULL : Comparison.NULL, null));
      } else if (takes("BETWEEN")) {
        where.add(new Condition(column, Comparison.GREATER_OR_EQUAL, literal()));
        expect("AND");
        where.add(new Condition(column, Comparison.LESS_OR_EQUAL, literal()));
      } else {
        where.add(new Condition(column, comparison(next().text()), literal()));
      }
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
