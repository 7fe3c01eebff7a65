package com.example.freight;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/** This team's own data format: each line with its number before it. */
public class NumberedLines extends ServiceSupport implements DataFormat {

  @Override
  public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
    InputStream text =
        exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, graph);
    BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    BufferedWriter numbered =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      numbered.write(number + " " + line + "\n");
    }
    numbered.flush();
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
    throw new IOException("Numbered lines are only written");
  }
}
