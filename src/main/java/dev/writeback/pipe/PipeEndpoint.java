package dev.writeback.pipe;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Marshal with a data format on a thread of its own; the body stays a live stream. Any other
 * parameter is an option of the data format.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "pipe",
    title = "Pipe",
    syntax = "pipe:dataFormatName",
    producerOnly = true,
    lenientProperties = true,
    category = {Category.TRANSFORMATION})
public class PipeEndpoint extends DefaultEndpoint {

  @UriPath(description = "Name of the data format: a bean, or one that Camel finds by this name.")
  @Metadata(required = true)
  private String dataFormatName;

  @UriParam(
      label = "advanced",
      defaultValue = "65536",
      description = "Size of one block of bytes between the data format and the reader, in bytes.")
  private int blockSize = 64 * 1024;

  @UriParam(
      label = "advanced",
      defaultValue = "16",
      description = "How many full blocks may wait for the reader before the data format waits.")
  private int blocks = 16;

  private DataFormat dataFormat;
  private boolean owned;

  public PipeEndpoint(String uri, PipeComponent component) {
    super(uri, component);
  }

  @Override
  public Producer createProducer() {
    return new PipeProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        getEndpointUri() + " can be written to only: use it in 'to', not in 'from'.");
  }

  @Override
  public PipeComponent getComponent() {
    return (PipeComponent) super.getComponent();
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    requirePositive("blockSize", blockSize);
    requirePositive("blocks", blocks);
    ServiceHelper.initService(dataFormat);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    ServiceHelper.startService(dataFormat);
  }

  @Override
  protected void doStop() throws Exception {
    if (owned) {
      ServiceHelper.stopService(dataFormat);
    }
    super.doStop();
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          getEndpointUri() + ": " + option + " is " + value + ", it must be 1 or more.");
    }
  }

  BlockQueue newQueue() {
    return new BlockQueue(blocks, blockSize);
  }

  public String getDataFormatName() {
    return dataFormatName;
  }

  public void setDataFormatName(String dataFormatName) {
    this.dataFormatName = dataFormatName;
  }

  public int getBlockSize() {
    return blockSize;
  }

  public void setBlockSize(int blockSize) {
    this.blockSize = blockSize;
  }

  public int getBlocks() {
    return blocks;
  }

  public void setBlocks(int blocks) {
    this.blocks = blocks;
  }

  /** Shared by all exchanges of the endpoint, as in Camel's own marshal step. */
  DataFormat getDataFormat() {
    return dataFormat;
  }

  /** Takes a data format made for this endpoint, which stops with it. */
  void own(DataFormat created) {
    dataFormat = created;
    owned = true;
  }

  /** Takes a data format that others may use too. */
  void borrow(DataFormat bean) {
    dataFormat = bean;
  }
}
