package dev.udpprobe.documents;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintedTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
			in 1.041 ms from 127.0.0.1:7007 | in 12.5 ms from 127.0.0.1:7007
			from 127.0.0.1:40001            | from 127.0.0.1:61000
			from [::1]:40001                | from [::1]:50000
			at 2026-01-02T03:04:05.678Z     | at 2027-10-20T13:14:15Z
			1   2                           | 1 2
			{"a":1.5,"b":[2.25]}            | {"a":10.125,"b":[0.5]}
			{"a":"127.0.0.1:40001"}         | {"a":"127.0.0.1:40002"}
			`{"a":"b\n c",\n "d":1}`        | {"a":"b c","d":1}
			`{"a":1}\n{"b":2}`              | `{"a":\n1}\n{"b":2}`
			""")
	void whatDiffersFromRunToRunIsTheSame(String one, String other) {
		assertThat(comparable(one)).isEqualTo(comparable(other));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
			from 127.0.0.1:7007      | from 127.0.0.1:7008
			from 127.0.0.1           | from 127.0.0.2
			replied                  | refused
			{"a":1,"b":2}            | {"b":2,"a":1}
			{"a":1}                  | {"a":2}
			{"a":1}                  | {"a":1,"b":1}
			{"a":1}                  | `{"a":1}\n{"a":1}`
			{"a":1}                  | [{"a":1}]
			{"a":1.5}                | {"a":2}
			""")
	void everythingElseIsNot(String one, String other) {
		assertThat(comparable(one)).isNotEqualTo(comparable(other));
	}

	private static String comparable(String text) {
		return Printed.comparable(text.replace("\\n", "\n"));
	}

}
