@echo off
rem For a Windows PC without administrator rights: sets up once, publishes the demo month, opens its front page.
rem What to do may be given: start.bat demo, start.bat lab. Python comes from the Software Centre or python.org.
setlocal
cd /d "%~dp0.."
set TASK=%~1
if "%TASK%"=="" set TASK=demo
set PYTHON=py
where py >nul 2>nul || set PYTHON=python
where %PYTHON% >nul 2>nul || (echo Python 3.11 or newer is needed. Ask for it from your Software Centre, then run this again.& pause & exit /b 1)
%PYTHON% .ci\start.py %TASK%
set CODE=%ERRORLEVEL%
if "%CODE%"=="0" if "%TASK%"=="demo" if exist outputs\index.html start "" outputs\index.html
if not "%CODE%"=="0" pause
exit /b %CODE%
