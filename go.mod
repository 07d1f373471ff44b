module github.com/callboard/callboard

go 1.26
