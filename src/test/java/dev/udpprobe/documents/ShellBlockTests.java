package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ShellBlockTests {

	@Test
	void whatIsPrintedIsTheNextBlockUnderTheSameHeading(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("x.md"), """
				# One
				```sh
				# no heading
				first
				```
				It prints:
				```json
				{"a":
				 1}
				```
				```text
				of nothing
				```
				- in a list:
				  ```sh
				  second \\
				    more
				  ```
				  ```sh
				  third
				  ```
				## Two
				```
				of nothing
				```
				```sh
				fourth
				```
				```yaml
				a: file
				```
				```text
				of nothing
				```
				""");
		assertThat(ShellBlock.of(file)).containsExactly(
				new ShellBlock("One", 3, "# no heading\nfirst\n", "{\"a\":\n 1}\n"),
				new ShellBlock("One", 16, "second \\\n  more\n", ""), new ShellBlock("One", 20, "third\n", ""),
				new ShellBlock("Two", 27, "fourth\n", ""));
	}

}
