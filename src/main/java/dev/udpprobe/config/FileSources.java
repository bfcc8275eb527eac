package dev.udpprobe.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is read from files as a whole: if one file is wrong, all stays as it was. For one thread at a time.
 */
abstract class FileSources {

	private final WatchedFiles files;

	/** Whether to read the files though none has changed, because the last time it was not possible. */
	private boolean again;

	/**
	 * @param key of the configuration
	 * @param patterns paths, whose last part may have * and ?
	 * @throws WrongFileException if one is none
	 */
	FileSources(String key, List<String> patterns) {
		this.files = new WatchedFiles(key, patterns);
	}

	/**
	 * @return what they are, for the log
	 */
	abstract String what();

	/**
	 * Takes what is in these files for all that there is.
	 * @throws WrongFileException if one is wrong; then nothing has changed
	 */
	abstract void take(Set<Path> files);

	/**
	 * @return whether files are named
	 */
	final boolean hasFiles() {
		return !this.files.isEmpty();
	}

	/**
	 * Reads the files again if any has changed, and has stood since the last look, so that nobody is writing it.
	 * @return whether they were read
	 * @throws WrongFileException if one is wrong; then all stays as it is until files change again
	 */
	final boolean readIfChanged() {
		WatchedFiles.Look look = look();
		boolean due = this.again || !look.changed().isEmpty();
		if (!due || !look.standing().containsAll(look.changed())) {
			return false;
		}
		read(look);
		return true;
	}

	/**
	 * Reads the files again.
	 * @return whether they have changed
	 * @throws WrongFileException if one is wrong; then all stays as it is until files change again
	 */
	final boolean read() {
		WatchedFiles.Look look = look();
		boolean changed = !look.changed().isEmpty();
		read(look);
		return changed;
	}

	private WatchedFiles.Look look() {
		WatchedFiles.Look look = this.files.look();
		if (!look.wrong().isEmpty()) {
			this.again = true;
			throw new WrongFileException(look.wrong().getFirst());
		}
		return look;
	}

	private void read(WatchedFiles.Look look) {
		this.again = false;
		look.changed().forEach(this.files::reads);
		take(look.files());
	}

	/**
	 * @param max how long the file may be, in bytes
	 * @throws WrongFileException if it cannot be read, or is longer
	 */
	final byte[] bytes(Path path, int max) {
		try {
			return this.files.bytes(path, max);
		}
		catch (IOException ex) {
			// Who may read it is no change of the file, so the next look tries again.
			this.again = true;
			throw new WrongFileException(WatchedFiles.unreadable(path, ex));
		}
	}

}
