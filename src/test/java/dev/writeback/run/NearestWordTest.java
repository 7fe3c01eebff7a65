package dev.writeback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {

  private static final List<String> WORDS =
      List.of("account", "role", "inputDataset", "path", "fileName", "fileExtension", "delimiter");

  @ParameterizedTest
  @CsvSource({
    "delimter, delimiter", // a letter left out
    "delimmiter, delimiter", // one put in
    "delinmiter, delimiter",
    "delimitre, delimiter", // neighbours swapped
    "paht, path",
    "rloe, role",
    "ROLE, role",
    "file-name, fileName",
    "file name, fileName",
    "file_extension, fileExtension",
    "acount, account",
    "input dataset, inputDataset",
    "inputDataSetId, inputDataset",
  })
  void findsWhatWasProbablyMeant(String word, String meant) {
    assertThat(NearestWord.to(word, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "bucket", "x", "hat", "''", "encryptionMethod"})
  void doesNotGuess(String word) {
    assertThat(NearestWord.to(word, WORDS)).isEqualTo(Optional.empty());
  }

  @Test
  void prefersTheWordWithFewerCorrections() {
    assertThat(NearestWord.to("gzp", List.of("zip", "gzip"))).contains("gzip");
    assertThat(NearestWord.to("word", List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dataset id, Input DataSet ID, true",
    "Folder Path, Select Folder Path, true",
    "overwrite, overwrite existing, true",
    "ID, Input DataSet ID, false",
    "sales, Select Folder Path, false",
  })
  void knowsAPartOfAName(String part, String whole, boolean is) {
    assertThat(NearestWord.isPartOf(part, whole)).isEqualTo(is);
  }
}
