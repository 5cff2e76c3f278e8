package dev.jellykeep.operator.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/// What one class logs meanwhile.
final class HeardLog implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    private HeardLog(Logger logger) {
        this.logger = logger;
        heard.start();
        logger.addAppender(heard);
    }

    static HeardLog of(Class<?> speaker) {
        return new HeardLog((Logger) LoggerFactory.getLogger(speaker));
    }

    List<String> lines() {
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(heard);
        heard.stop();
    }
}
