package dev.udpprobe.module;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How parts of a layout follow each other: choices, repetitions, patterns, and what is passed by.
 */
class AnswerPartsTests {

	private static final Map<String, byte[]> SENT = Map.of("id", new byte[]{1, 2});

	/** A dash for a stray. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
			# the first that matches
			( 01 {a:u8} | 02 {b:u8} ) ; 0205 ; b=5
			( 01 {a:u8} 00 | 01 {b:u8} ) ; 0105 ; b=5
			( 01 | 02 ) ; 03 ; -
			( 01 | ) 02 ; 02 ; ""
			*( 01 {a:u8} | 02 ) ; 0107 02 0108 ; a=7+8
			*( 01 ) ; ; ""
			*( 01 ) 02 ; 010102 ; ""
			*() 01 ; 01 ; ""
			*( u8[ {a:text} ] ) ; 0161 0162 ; a=a+b
			# as few bytes as what follows allows
			... ; 0102 ; ""
			... ; ; ""
			... 02 ; 01020302 ; ""
			... 02 ; 0103 ; -
			... {a:u8} ; 0102 ; a=2
			... 01 {a:u8} 02 ; 01FFFF 010502 ; a=5
			01 ... 02 ... 03 {a:u8} ; 01FF02FF03FF03 07 ; a=7
			... 01/7F ; 0281 ; ""
			... {id} ... ; FF0102FF ; ""
			... u8[ 09 ] ; 0203 01 09 ; ""
			... ( 01 | 02 ) 03 ; 0102 03 ; ""
			... *( 01 ) 02 ; 0301 02 ; ""
			... {:align 4} {a:u8} ; 0102030405 ; a=5
			... {size:u8} ; FF02 ; ""
			... {n:digits} ... ; 6131 32 62 ; n=12
			... ... 01 ; 00 01 ; ""
			u8[ ... 01 ] 02 ; 030501 01 02 ; ""
			u8[ 01 ... ] {a:u8} ; 020105 07 ; a=7
			# patterns
			/[a-z]+/ 00 ; 616200 ; ""
			/[a-z]+/ ; 41 ; -
			/(?P<word>[a-z]+)(?P<none>[0-9])?/ ; 6162 ; word=ab
			... /b(?P<c>.)/ ... ; 61 6263 64 ; c=c
			u8[ /(?P<all>.*)$/ ] 62 ; 0161 62 ; all=a
			/^a$/ ; 61 ; ""
			/(?s)^.\\/$/ ; 0A2F ; ""
			/\\xFF/ ; FF ; ""
			# each of several
			01 ... & ... 02 & {a:u8} {b:u8} ; 0102 ; a=1, b=2
			01 ... & ... 03 ; 0102 ; -
			{a:u8} ... & {a:u8} ... ; 0102 ; a=1+1
			""")
	void partsFollowEachOther(String layout, @Nullable String hex, String found) {
		assertThat(Answers.found(layout, hex, SENT)).isEqualTo(found);
	}

}
