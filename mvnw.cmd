@echo off
rem Runs the Maven which .mvn\wrapper\maven-wrapper.properties names, after downloading it the first time.
rem Where that fails, as behind a company's firewall, a Maven 3.8 or newer on the PATH runs instead.
rem Needs Windows 10 1803 or newer, which brings curl and tar.
setlocal DisableDelayedExpansion

set "MVNW_FILE=%~dp0.mvn\wrapper\maven-wrapper.properties"
set "MVNW_URL="
set "MVNW_SHA256="
set "MVNW_SHA512="
if not exist "%MVNW_FILE%" goto :nofile
for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%MVNW_FILE%") do (
	if "%%a"=="distributionUrl" set "MVNW_URL=%%b"
	if "%%a"=="distributionSha256Sum" set "MVNW_SHA256=%%b"
	if "%%a"=="distributionSha512Sum" set "MVNW_SHA512=%%b"
)
if not defined MVNW_URL goto :nofile

if not defined JAVA_HOME goto :javaonpath
if not exist "%JAVA_HOME%\bin\java.exe" goto :nojava
goto :java
:javaonpath
where java >nul 2>nul || goto :nojava
:java

rem Apache's own wrapper keeps its copies here too, each in a directory named after the address. Ours is named after a sum,
rem where one is given, so that a copy which was never checked does not stand for one that was.
set "MVNW_NAME=%MVNW_URL:*/apache-maven-=apache-maven-%"
set "MVNW_NAME=%MVNW_NAME:-bin.zip=%"
set "MVNW_KEY=unchecked"
if defined MVNW_SHA256 set "MVNW_KEY=%MVNW_SHA256:~0,16%"
if defined MVNW_SHA512 set "MVNW_KEY=%MVNW_SHA512:~0,16%"
set "MVNW_DISTS=%USERPROFILE%\.m2\wrapper\dists\%MVNW_NAME%"
if defined MAVEN_USER_HOME set "MVNW_DISTS=%MAVEN_USER_HOME%\wrapper\dists\%MVNW_NAME%"
set "MVNW_MAVEN=%MVNW_DISTS%\%MVNW_KEY%\bin\mvn.cmd"
if exist "%MVNW_MAVEN%" goto :run

set "MVNW_TMP=%MVNW_DISTS%\tmp.%RANDOM%%RANDOM%"
mkdir "%MVNW_TMP%" 2>nul || goto :fallback
"%SystemRoot%\System32\curl.exe" -fsSL --connect-timeout 10 --speed-limit 1 --speed-time 20 -o "%MVNW_TMP%\maven.zip" "%MVNW_URL%" 2>nul || goto :failed
if not defined MVNW_SHA256 goto :sum512
certutil -hashfile "%MVNW_TMP%\maven.zip" SHA256 | findstr /i /x "%MVNW_SHA256%" >nul || goto :wrongsum
:sum512
if not defined MVNW_SHA512 goto :unpack
certutil -hashfile "%MVNW_TMP%\maven.zip" SHA512 | findstr /i /x "%MVNW_SHA512%" >nul || goto :wrongsum
:unpack
"%SystemRoot%\System32\tar.exe" -xf "%MVNW_TMP%\maven.zip" -C "%MVNW_TMP%" 2>nul || goto :failed
ren "%MVNW_TMP%\%MVNW_NAME%" "%MVNW_KEY%" 2>nul
rem When another mvnw was quicker this fails, and its copy is as good.
move "%MVNW_TMP%\%MVNW_KEY%" "%MVNW_DISTS%\" >nul 2>nul <nul
:failed
rmdir /s /q "%MVNW_TMP%"
if exist "%MVNW_MAVEN%" goto :run

:fallback
set "MVNW_VERSION="
set "MVNW_OLD=yes"
for /f "tokens=3" %%v in ('mvn --version 2^>nul ^| findstr /c:"Apache Maven "') do set "MVNW_VERSION=%%v"
if not defined MVNW_VERSION goto :nomaven
for /f "tokens=1,2 delims=." %%a in ("%MVNW_VERSION%") do (
	if %%a geq 4 set "MVNW_OLD="
	if %%a equ 3 if %%b geq 8 set "MVNW_OLD="
)
if defined MVNW_OLD goto :nomaven
>&2 echo mvnw: %MVNW_NAME% could not be had from %MVNW_URL%; Maven %MVNW_VERSION% on the PATH runs instead.
set "MVNW_MAVEN=mvn"

:run
rem Without "call", which would read the arguments a second time: Maven takes over, and its exit code is ours.
"%MVNW_MAVEN%" %*
exit /b

:nofile
>&2 echo mvnw: %MVNW_FILE% does not exist or names no distributionUrl.
exit /b 1
:nojava
>&2 echo mvnw: there is no java in JAVA_HOME or on the PATH. Install a JDK 25, or set JAVA_HOME to one.
exit /b 1
:wrongsum
rmdir /s /q "%MVNW_TMP%"
>&2 echo mvnw: the download from %MVNW_URL% does not have the sum that %MVNW_FILE% names. It was thrown away.
exit /b 1
:nomaven
>&2 echo mvnw: %MVNW_NAME% could not be had from %MVNW_URL%, and no mvn of 3.8 or newer is on the PATH. Install Maven 3.8 or newer.
exit /b 1
